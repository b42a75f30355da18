//! Addresses that a page may point to.
//!
//! A scheme that is not on the list never reaches the page, whatever a browser would make of it.

use crate::diagnostic::Diagnostic;

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// An address as `href` takes it; `Err` for a scheme that is not allowed, or none.
pub(super) fn external(address: &str) -> Result<String, Diagnostic> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    if SCHEMES.contains(&scheme.as_str()) {
        return Ok(encoded(address));
    }
    let shown: String = address.chars().filter(|c| !c.is_control()).take(60).collect();
    Err(Diagnostic::error("link-scheme", format!("`{shown}` is not an address that a candidate can open"))
        .hint("a link begins with `https:`, `http:`, `mailto:` or `tel:`"))
}

/// Whether an address leads to another web page.
pub(super) fn is_web(address: &str) -> bool {
    address.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

/// A link to an anchor of the page.
pub(super) fn internal(id: &str) -> String {
    format!("#{}", encoded(&id.replace('%', "%25")))
}

/// Percent-encodes what a URL can't hold as it stands (URL Standard, "URL code points").
fn encoded(address: &str) -> String {
    let mut url = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                url.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => url.push(c),
        }
    }
    url
}
