//! The style parts: `styles.xml`, `theme.xml`, `settings.xml`, `webSettings.xml`, `fontTable.xml`, `numbering.xml`.
//!
//! They are Tera templates under `templates/base/word/`; a layout may replace any of them. [`WordParts`] is parsed once
//! for a layout, [`BrandedParts`] rendered once for a brand and language and shared by all its documents, in any
//! thread. What a template prints is escaped as XML, and the result must be well-formed. Nothing here reads a file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::diagnostic::{Diagnostic, SourceText, Span, nearest};
use crate::layout::HeadingRule;

use super::view::NumberingView;

pub use super::branded::BrandedParts;

/// The parts by file name, each with its default template.
const DEFAULTS: [(&str, &str); 6] = [
    ("fontTable.xml", include_str!("../../../templates/base/word/fontTable.xml")),
    ("numbering.xml", include_str!("../../../templates/base/word/numbering.xml")),
    ("settings.xml", include_str!("../../../templates/base/word/settings.xml")),
    ("styles.xml", include_str!("../../../templates/base/word/styles.xml")),
    ("theme.xml", include_str!("../../../templates/base/word/theme.xml")),
    ("webSettings.xml", include_str!("../../../templates/base/word/webSettings.xml")),
];

/// The templates of the style parts, parsed.
#[derive(Debug)]
pub struct WordParts {
    tera: Tera,
    sources: BTreeMap<&'static str, Arc<SourceText>>,
    pub(super) heading_rule: HeadingRule,
    /// Numbering parts by what they were rendered for, since many documents have the same lists.
    numberings: Mutex<BTreeMap<Vec<u8>, Arc<str>>>,
}

/// How many numbering parts are kept, of some 20 KiB each.
const NUMBERINGS: usize = 64;

impl WordParts {
    /// Parses the templates. `replaced` holds the layout's own, by file name (`styles.xml`); the others are the
    /// defaults. The layout says where the line of a section heading stands.
    ///
    /// # Errors
    ///
    /// Every syntax error with its place, and every name that is not a part.
    pub fn new(
        replaced: &BTreeMap<String, Arc<SourceText>>,
        heading_rule: HeadingRule,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut faults: Vec<Diagnostic> = replaced.iter().filter_map(|(name, source)| unknown(name, source)).collect();
        let mut tera = Tera::new();
        tera.autoescape_on([".xml"]);
        tera.set_escape_fn(|text, out| out.write_all(escape(text).as_bytes()));
        tera.register_filter("hex", hex);
        let mut sources = BTreeMap::new();
        for (name, default) in DEFAULTS {
            let source = replaced.get(name).cloned().unwrap_or_else(|| {
                Arc::new(SourceText { path: format!("templates/base/word/{name}"), text: default.to_owned() })
            });
            sources.insert(name, source);
        }
        for (name, source) in &sources {
            if let Err(error) = tera.add_raw_template(name, &source.text) {
                faults.push(template_fault(&error, source));
            }
        }
        if faults.is_empty() { Ok(Self { tera, sources, heading_rule, numberings: Mutex::default() }) } else { Err(faults) }
    }

    /// Renders one part and checks that the result is well-formed XML.
    pub(super) fn render(&self, name: &'static str, context: &Context) -> Result<String, Diagnostic> {
        let rendered = self.tera.render(name, context).map_err(|error| match self.sources.get(name) {
            Some(source) => template_fault(&error, source),
            None => Diagnostic::error("word-part", error.to_string()),
        })?;
        match well_formed(&rendered) {
            Ok(()) => Ok(rendered),
            Err(reason) => Err(self.fault(name, format!("`{name}` does not become well-formed XML: {reason}"))),
        }
    }

    /// Renders the numbering part for one document.
    pub(super) fn numbering(&self, view: &NumberingView) -> Result<Arc<str>, Diagnostic> {
        let fault = |error: &dyn Display| Diagnostic::error("word-part", format!("the view of `numbering.xml`: {error}"));
        let key = postcard::to_stdvec(view).map_err(|error| fault(&error))?;
        let kept = || self.numberings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(xml) = kept().get(&key) {
            return Ok(Arc::clone(xml));
        }
        let context = Context::from_serialize(view).map_err(|error| fault(&error))?;
        let xml: Arc<str> = self.render("numbering.xml", &context)?.into();
        let mut kept = kept();
        if kept.len() == NUMBERINGS {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&xml));
        Ok(xml)
    }

    /// A finding about a part as a whole.
    pub(super) fn fault(&self, name: &str, message: impl Into<String>) -> Diagnostic {
        let path = self.sources.get(name).map_or(name, |source| source.path.as_str());
        Diagnostic::error("word-part", message).in_file(path)
    }
}

fn unknown(name: &str, source: &SourceText) -> Option<Diagnostic> {
    let known = || DEFAULTS.iter().map(|(known, _)| *known);
    if known().any(|known| known == name) {
        return None;
    }
    let fault = Diagnostic::error("unknown-word-part", format!("`{name}` is not a part that a layout can replace"))
        .in_file(source.path.clone());
    Some(match nearest(name, known()) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint(format!("the parts are {}", known().collect::<Vec<_>>().join(", "))),
    })
}

/// Keeps the place that Tera names.
fn template_fault(error: &tera::Error, source: &Arc<SourceText>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let end = source.text.len();
            let range = report.span().range.start.min(end)..report.span().range.end.min(end);
            Diagnostic::error("word-part", report.message().to_lowercase()).at(Span::new(source, range))
        }
        other => Diagnostic::error("word-part", other.to_string()).in_file(source.path.clone()),
    }
}

/// `#1A2b3C` as WordprocessingML writes colours: `1A2B3C`.
fn hex(color: &str, _: Kwargs, _: &State) -> TeraResult<String> {
    let digits = color.trim_start_matches('#');
    if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        Ok(digits.to_ascii_uppercase())
    } else {
        Err(tera::Error::message(format!("`{color}` is not a colour as `#RRGGBB`")))
    }
}

fn escape(text: &str) -> String {
    let mut xml = super::xml::Xml::default();
    xml.text(text);
    xml.finish().0
}

/// Reads a whole part; the reason where it is not well-formed.
fn well_formed(xml: &str) -> Result<(), String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event();
        let line = |at: u64| {
            let at = usize::try_from(at).unwrap_or(usize::MAX).min(xml.len());
            xml.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
        };
        match event {
            Ok(Event::Eof) if depth > 0 => return Err("an element is not closed".to_owned()),
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.attributes().any(|attribute| attribute.is_err()) => {
                return Err(format!("line {} of the result: an attribute is malformed", line(reader.buffer_position())));
            }
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => return Err(format!("line {} of the result: {error}", line(reader.error_position()))),
        }
    }
}
