//! What a server and its workers say to each other: the length of the head (32 bits, big endian), the length of the body
//! (the same), the head as JSON, the body as it is.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::super::job::Reply;
use super::super::problem::Problem;

/// Most bytes of a head or body: more is no reply of a worker that is well.
const MOST: usize = 256 << 20;

/// What a worker says, and whether it should be replaced: it has grown, or something broke in it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) head: Head,
    pub(super) spent: bool,
}

/// The head of a reply; the bytes of a file are the body.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Head {
    /// It has begun, and takes jobs.
    Ready,
    /// A file of this name.
    File(String),
    Findings(Vec<Value>),
    /// Status, detail, errors.
    Problem(u16, String, Vec<Value>),
}

impl Head {
    /// A reply as its head and its body.
    pub(super) fn of(reply: Result<Reply, Problem>) -> (Self, Vec<u8>) {
        match reply {
            Ok(Reply::File(name, bytes)) => (Self::File(name), bytes),
            Ok(Reply::Findings(findings)) => (Self::Findings(findings), Vec::new()),
            Err(problem) => {
                let (status, detail, errors) = problem.parts();
                (Self::Problem(status, detail, errors), Vec::new())
            }
        }
    }

    /// The reply of a head and its body; none if it is no reply.
    pub(super) fn reply(self, body: Vec<u8>) -> Option<Result<Reply, Problem>> {
        match self {
            Self::Ready => None,
            Self::File(name) => Some(Ok(Reply::File(name, body))),
            Self::Findings(findings) => Some(Ok(Reply::Findings(findings))),
            Self::Problem(status, detail, errors) => Some(Err(Problem::of_parts((status, detail, errors)))),
        }
    }
}

fn lengths(head: usize, body: usize) -> io::Result<[u8; 8]> {
    let mut both = [0; 8];
    for (at, length) in [(0, head), (4, body)] {
        let length = u32::try_from(length).map_err(io::Error::other)?;
        both[at..at + 4].copy_from_slice(&length.to_be_bytes());
    }
    Ok(both)
}

fn of_lengths(both: [u8; 8]) -> io::Result<(usize, usize)> {
    let length = |at: usize| both[at..at + 4].iter().fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
    let (head, body) = (length(0), length(4));
    if head.max(body) > MOST { Err(io::Error::other("a frame is too large")) } else { Ok((head, body)) }
}

/// Writes a frame.
pub(super) fn write(to: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    to.write_all(&lengths(head.len(), body.len())?)?;
    to.write_all(&head)?;
    to.write_all(body)?;
    to.flush()
}

/// Reads a frame; none at the end of the input.
pub(super) fn read<T: for<'de> Deserialize<'de>>(from: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut both = [0; 8];
    match from.read_exact(&mut both) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let (head, body) = of_lengths(both)?;
    let (mut json, mut bytes) = (vec![0; head], vec![0; body]);
    from.read_exact(&mut json)?;
    from.read_exact(&mut bytes)?;
    Ok(Some((serde_json::from_slice(&json)?, bytes)))
}

/// Writes a frame without waiting on a thread.
pub(super) async fn send(to: &mut (impl AsyncWrite + Unpin), head: &impl Serialize) -> io::Result<()> {
    let mut bytes = Vec::new();
    write(&mut bytes, head, &[])?;
    to.write_all(&bytes).await?;
    to.flush().await
}

/// Reads a frame without waiting on a thread.
pub(super) async fn receive<T: for<'de> Deserialize<'de>>(from: &mut (impl AsyncRead + Unpin)) -> io::Result<(T, Vec<u8>)> {
    let mut both = [0; 8];
    from.read_exact(&mut both).await?;
    let (head, body) = of_lengths(both)?;
    let (mut json, mut bytes) = (vec![0; head], vec![0; body]);
    from.read_exact(&mut json).await?;
    from.read_exact(&mut bytes).await?;
    Ok((serde_json::from_slice(&json)?, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_as_it_was_written_and_a_torn_one_is_an_error() {
        let mut bytes = Vec::new();
        write(&mut bytes, &Head::File("a.pdf".to_owned()), b"%PDF").unwrap();
        let (head, body) = read::<Head>(&mut bytes.as_slice()).unwrap().unwrap();
        assert!(matches!(head, Head::File(name) if name == "a.pdf") && body == b"%PDF");
        assert!(read::<Head>(&mut [].as_slice()).unwrap().is_none());
        for length in 9..bytes.len() {
            assert!(read::<Head>(&mut &bytes[..length]).is_err());
        }
        assert!(read::<Head>(&mut [0xFF; 16].as_slice()).is_err(), "a length that nobody would send");
    }
}
