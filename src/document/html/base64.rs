//! Bytes as base64 text (RFC 4648, section 4), for `data:` URLs and hashes. Encodes only.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `bytes` in base64, with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| chunk.get(at).copied().map_or(0, u32::from);
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sextet in 0..4 {
            let value = (group >> (18 - 6 * sextet)) & 0x3F;
            text.push(if sextet > chunk.len() { '=' } else { char::from(ALPHABET[value as usize]) });
        }
    }
    text
}
