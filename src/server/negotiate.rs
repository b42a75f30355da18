//! Which format an answer has: what the query says, else what `Accept` prefers, else PDF.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};

use super::problem::Problem;
use crate::build::Format;
use crate::diagnostic::{Diagnostic, nearest};

/// What a posted profile can be answered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// One document in one format.
    Document(Format),
    /// The documents in the usual formats, with their manifest.
    Zip,
}

impl Answer {
    /// All answers; of those that a client likes as much, the first is given.
    const ALL: [Self; 5] = [
        Self::Document(Format::Pdf),
        Self::Document(Format::Docx),
        Self::Document(Format::Html),
        Self::Document(Format::Txt),
        Self::Zip,
    ];

    /// The answer of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document(format) => format.extension(),
            Self::Zip => "zip",
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Document(format) => format.media_type(),
            Self::Zip => "application/zip",
        }
    }

    /// The formats that have to be made for it.
    pub(super) fn formats(self) -> Vec<Format> {
        match self {
            Self::Document(format) => vec![format],
            Self::Zip => Format::USUAL.to_vec(),
        }
    }
}

/// The format of the answer.
///
/// # Errors
/// 400 for a format that there is not; 406 if `Accept` names none that there is.
pub(super) fn negotiate(format: Option<&str>, headers: &HeaderMap) -> Result<Answer, Problem> {
    if let Some(given) = format {
        return Answer::named(given).ok_or_else(|| {
            let fault = Diagnostic::error("unknown-format", format!("there is no format `{given}`")).field("format");
            Problem::malformed(match nearest(given, Answer::ALL.map(Answer::name)) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint("formats: pdf, docx, html, txt, zip"),
            })
        });
    }
    let lines: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    if lines.is_empty() {
        return Ok(Answer::Document(Format::Pdf));
    }
    let ranges: Vec<Range<'_>> = lines.iter().flat_map(|line| line.split(',')).filter_map(Range::parse).collect();
    let mut best = None;
    for answer in Answer::ALL {
        let liked = quality(answer.media_type(), &ranges);
        if liked > best.map_or(0, |(liked, _)| liked) {
            best = Some((liked, answer));
        }
    }
    best.map(|(_, answer)| answer).ok_or_else(|| {
        let known = Answer::ALL.map(Answer::media_type).join(", ");
        let fault = Diagnostic::error("not-acceptable", "there is no answer of a kind that `Accept` names");
        Problem::new(StatusCode::NOT_ACCEPTABLE, fault.hint(format!("media types: {known}")))
    })
}

/// A media range of `Accept` (RFC 9110, section 12.5.1).
struct Range<'a> {
    kind: &'a str,
    sub: &'a str,
    /// Weight in thousandths.
    weight: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, sub) = parts.next()?.split_once('/')?;
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        (0.0..=1.0).contains(&weight).then_some(Self { kind, sub, weight: (weight * 1000.0) as u16 })
    }

    /// How closely it names a media type: not at all, as anything, by kind, by name.
    fn closeness(&self, kind: &str, sub: &str) -> u8 {
        match (self.kind, self.sub) {
            ("*", "*") => 1,
            (own, "*") if own.eq_ignore_ascii_case(kind) => 2,
            (own, name) if own.eq_ignore_ascii_case(kind) && name.eq_ignore_ascii_case(sub) => 3,
            _ => 0,
        }
    }
}

/// How much a media type is liked: the weight of the range that names it most closely.
fn quality(media_type: &str, ranges: &[Range<'_>]) -> u16 {
    let Some((kind, sub)) = media_type.split_once('/') else { return 0 };
    let named = ranges.iter().map(|range| (range.closeness(kind, sub), range.weight)).filter(|(close, _)| *close > 0);
    named.max().map_or(0, |(_, weight)| weight)
}
