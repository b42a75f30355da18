//! What is shown of a document at a moment: its pages and what there is to say of them, or why there are none.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::disposition::segment;
use super::super::live::Loaded;
use super::super::pack::malformed_path;
use super::super::pages::{SheetsKey, sheets};
use super::super::problem::Problem;
use super::super::query;
use crate::build::{Format, Options, Sheets};
use crate::bundle::sha256;
use crate::diagnostic::{Diagnostic, Severity, Span, capped, emit};
use crate::project::PackId;

/// Which document, in which way, and what of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewQuery {
    pub(super) document: Option<String>,
    pub(super) variant: Option<String>,
    pub(super) language: Option<String>,
    pub(super) layout: Option<String>,
    /// `web`, or the pages.
    pub(super) view: Option<String>,
    /// What it is compared with: `approved`, `layout:NAME` or `variant:NAME`.
    pub(super) with: Option<String>,
    /// A file format: `pdf`, `docx`, `html` or `txt`.
    pub(super) format: Option<String>,
    /// Any text: another is another address.
    #[expect(dead_code, reason = "it only tells addresses apart")]
    print: Option<String>,
}

/// Names of a path: organisation and pack.
pub(super) type Named = Result<Path<(String, String)>, PathRejection>;

const HINT: &str = "`document`, `variant`, `language`, `layout`, `view`, `with` and `format`";

impl ViewQuery {
    /// The query; what is left empty is left out.
    ///
    /// # Errors
    /// 400 for a name that there is not.
    pub(super) fn of(query: query::Asked<Self>) -> Result<Self, Problem> {
        let mut query = query::read(query, HINT)?;
        let Self { document, variant, language, layout, view, with, format, .. } = &mut query;
        query::filled(&mut [document, variant, &mut *language, layout, view, with, format]);
        query::language(language)?;
        Ok(query)
    }

    /// The document of a pack that is meant.
    pub(super) fn key(&self, pack: &PackId) -> SheetsKey {
        let usual = SheetsKey::main(pack);
        SheetsKey {
            document: self.document.clone().unwrap_or(usual.document),
            variant: self.variant.clone().unwrap_or(usual.variant),
            language: self.language.clone(),
            layout: self.layout.clone(),
            pack: usual.pack,
        }
    }
}

/// The query of the address of a document.
pub(super) fn address(document: Option<&str>, variant: Option<&str>, language: Option<&str>, layout: Option<&str>) -> String {
    let parts = [("document", document), ("variant", variant), ("language", language), ("layout", layout)];
    let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", segment(value?))));
    parts.collect::<Vec<_>>().join("&")
}

/// The names of a path.
///
/// # Errors
/// 400 for what is no text.
pub(super) fn names(path: Named) -> Result<(String, String), Problem> {
    path.map(|Path(names)| names).map_err(malformed_path)
}

/// What is shown of a document at a moment: its pages, or faults, over the last good pages if there are any.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct Moment {
    pub(super) pages: Vec<Sheet>,
    pub(super) contents: Vec<Entry>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
    /// Digest of the web page, if it is what is looked at.
    pub(super) web: Option<String>,
    /// Title of the post.
    pub(super) title: Option<String>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in super::super) struct Sheet {
    /// What is drawn on it, in short: another means that it looks different.
    print: String,
    /// In points.
    width: u32,
    height: u32,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in super::super) struct Entry {
    words: String,
    level: usize,
    /// From 1.
    page: usize,
    /// How far down the page, in thousandths.
    down: u16,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct Fault {
    code: String,
    message: String,
    /// File, line and column.
    place: String,
    /// The line with a caret under it, and what to do.
    text: String,
    hints: Vec<String>,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    /// Where its file can be read, at its line.
    link: Option<String>,
    /// The words on the pages that it is about.
    spot: Option<Spot>,
}

/// A place on the pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct Spot {
    /// From 1.
    page: usize,
    /// How far down the page, in thousandths.
    down: u16,
}

/// What is shown of a document now.
///
/// # Errors
/// 404 for what isn't there, 401 for what is for the panel. Faults of the files are no error: they are shown.
pub(super) fn moment(loaded: &Loaded, id: &PackId, query: &ViewQuery, options: &Options, access: Access) -> Result<Moment, Problem> {
    let key = query.key(id);
    Ok(match sheets(loaded, key.clone(), options, access)? {
        Ok(made) => {
            let web = (query.view.as_deref() == Some("web")).then(|| web(loaded, &key, options)).flatten();
            Moment { web, ..Moment::of(&made) }
        }
        Err(faults) => {
            let last = loaded.kept.sheets.get(&key).map(|made| Moment::of(&made));
            let last = last.map(|last| (last.pages, last.contents)).unwrap_or_default();
            Moment { pages: last.0, contents: last.1, ..Moment::without_pages(&faults) }
        }
    })
}

impl Moment {
    /// That of a document that was typeset.
    pub(in super::super) fn of(made: &Sheets) -> Self {
        let found = capped(made.warnings.clone());
        let places = if found.is_empty() { Vec::new() } else { made.places(found.iter().map(|found| found.span.as_ref().map_or("", Span::text))) };
        let prints: Vec<_> = made.prints().collect();
        let spot = |place: Option<(usize, crate::typeset::Area)>| {
            let (page, area) = place?;
            let (_, [_, height]) = prints.get(page)?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
            let down = ((area.top / f64::from(*height)).clamp(0.0, 1.0) * 1000.0) as u16;
            Some(Spot { page: page + 1, down })
        };
        let warnings = found.iter().zip(places).map(|(found, place)| Fault { spot: spot(place), ..fault(found) }).collect();
        let sheet = |(print, [width, height]): &(u128, [u32; 2])| Sheet { print: format!("{print:032x}"), width: *width, height: *height };
        let entry = |heading: crate::typeset::HeadingPlace| Entry { words: heading.words, level: heading.level, page: heading.page, down: heading.down };
        Self {
            pages: prints.iter().map(sheet).collect(),
            contents: made.headings().into_iter().map(entry).collect(),
            faults: Vec::new(),
            warnings,
            web: None,
            title: Some(made.title.clone()),
        }
    }

    /// That of a document that can't be made.
    pub(in super::super) fn without_pages(faults: &[Diagnostic]) -> Self {
        let errors = capped(faults.to_vec());
        let errors = errors.iter().filter(|found| found.severity == Severity::Error).map(fault).collect();
        Self { pages: Vec::new(), contents: Vec::new(), faults: errors, warnings: Vec::new(), web: None, title: None }
    }
}

/// Digest of a document's web page; none if it can't be made, which its pages tell.
fn web(loaded: &Loaded, key: &SheetsKey, options: &Options) -> Option<String> {
    let file = loaded.builder.file(&key.pack, &key.options(options), &key.document, Format::Html).ok()?;
    Some(sha256(&file.bytes))
}

/// Address of a pack's screens.
pub(super) fn base(organisation: &str, pack: &str) -> String {
    format!("/packs/{}/{}", segment(organisation), segment(pack))
}

/// Where a line of a file can be changed, or else read.
pub(super) fn link(path: &str, line: Option<usize>) -> String {
    let at = |sign: &str| line.map(|line| format!("{sign}{line}")).unwrap_or_default();
    match editor(path) {
        Some(editor) => editor + &at("?line="),
        None => format!("/source/{}{}", path.split('/').map(segment).collect::<Vec<_>>().join("/"), at("#L")),
    }
}

/// Where a file can be changed, if it is a profile, a vacancy or a brand.
pub(super) fn editor(path: &str) -> Option<String> {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["profiles", organisation, "_brand.yml"] => Some(format!("/organisations/{}/brand", segment(organisation))),
        ["profiles", _, "organisation.yaml"] => None,
        ["profiles", organisation, file] | ["profiles", organisation, "vacancies", file] => {
            Some(base(organisation, file.strip_suffix(".yaml")?) + "/edit")
        }
        _ => None,
    }
}

/// A finding as it is shown.
pub(in super::super) fn fault(found: &Diagnostic) -> Fault {
    let place = emit::place(found).unwrap_or_default();
    let start = found.span.as_ref().map(Span::line_column);
    let end = found.span.as_ref().map(|span| Span::new(&span.file, span.range.end..span.range.end).line_column());
    let path = found.file().map(str::to_owned);
    let (line, column) = start.unzip();
    let (end_line, end_column) = end.unzip();
    let link = path.as_ref().map(|path| link(path, line));
    Fault {
        code: found.code.to_owned(),
        message: found.message.clone(),
        text: emit::to_text(found, false),
        hints: found.hints.clone(),
        spot: None,
        place,
        path,
        line,
        column,
        end_line,
        end_column,
        link,
    }
}
