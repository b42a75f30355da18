//! `/packs/{organisation}/{pack}/compare`: two versions of a document page by page, with what differs marked, and word by word.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::super::access::Access;
use super::super::live::Loaded;
use super::super::pack::malformed_path;
use super::super::pages::{Found, SheetsKey, picture, sheets};
use super::super::payload::Asked;
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::approvals::Approved;
use super::page;
use super::view::{Fault, Moment, Named, ViewQuery, address, base, names};
use super::viewer::{Shown, shown};
use crate::build::compare::{self, Change, PagePair};
use crate::build::{Format, Options, Sheets};
use crate::diagnostic::Diagnostic;
use crate::layout::Audience;
use crate::project::PackId;
use crate::typeset::Area;

/// What a document is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum With {
    Approved,
    Layout(String),
    Variant(String),
}

impl With {
    fn of(text: &str) -> Result<Self, Problem> {
        match text.split_once(':') {
            None if text == "approved" => Ok(Self::Approved),
            Some(("layout", name)) => Ok(Self::Layout(name.to_owned())),
            Some(("variant", name)) => Ok(Self::Variant(name.to_owned())),
            _ => Err(query::malformed(&format!("nothing can be compared with `{text}`"), "`with` is `approved`, `layout:NAME` or `variant:NAME`")),
        }
    }
}

/// The screen, as its template sees it.
#[derive(Serialize)]
struct Compared {
    #[serde(flatten)]
    pack: Shown,
    tab: &'static str,
    with: String,
    /// What the sides are called.
    sides: [String; 2],
    /// Whether there is anything approved, and when that was.
    approved_at: Option<String>,
    pairs: Vec<Pair>,
    differing: usize,
    counts: [usize; 2],
    words: Vec<(Change, String)>,
    /// Why one of the sides has no pages.
    faults: Vec<Fault>,
}

/// Two pages side by side.
#[derive(Serialize)]
struct Pair {
    sides: [Option<Side>; 2],
    differs: bool,
}

/// A page of one side.
#[derive(Serialize)]
struct Side {
    /// From 1.
    number: usize,
    source: String,
    width: u32,
    height: u32,
    marks: Vec<Mark>,
}

/// Something to look at on a page, in points.
#[derive(Serialize)]
struct Mark {
    kind: &'static str,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Two versions of a document.
pub(super) async fn get_compared(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<ViewQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let (organisation, name) = names(path)?;
    let query = ViewQuery::of(query)?;
    let (options, also) = (app.options.clone(), Arc::clone(&app));
    let made = app.work(move |loaded| {
        let approved = also.approved();
        // Who says nothing sees what comes first: what was approved, or another layout.
        let with = match (query.with.as_deref(), &approved) {
            (Some(text), _) => With::of(text)?,
            (None, Some(_)) => With::Approved,
            (None, None) => With::Variant("large-print".to_owned()),
        };
        let id = loaded.find(&organisation, &name)?;
        let pack = shown(loaded, &id, &query, &options, access);
        compared(loaded, approved.as_deref(), (&id, &query, with), pack, (&options, access))
    });
    page("compare.html", &made.await??)
}

/// A version of a document: how it was made, and where its pages are to be had.
struct Version<'a> {
    loaded: &'a Loaded,
    key: SheetsKey,
    source: String,
    query: String,
}

fn compared(
    loaded: &Loaded,
    approved: Option<&Approved>,
    (id, query, with): (&PackId, &ViewQuery, With),
    pack: Shown,
    (options, access): (&Options, Access),
) -> Result<Compared, Problem> {
    let base = base(&id.organisation, &id.name);
    let version = |loaded, key: SheetsKey, source: String| Version {
        query: address(Some(&key.document), Some(&key.variant), key.language.as_deref(), key.layout.as_deref()),
        loaded,
        key,
        source,
    };
    let key = query.key(id);
    let now = version(loaded, key.clone(), format!("/api/v1{base}/pages"));
    let (before, after, sides) = match &with {
        With::Approved => {
            let Some(approved) = approved else { return Err(nothing_approved()) };
            let then = version(&approved.loaded, key, format!("{base}/approved"));
            (then, now, ["Approved".to_owned(), "Now".to_owned()])
        }
        With::Layout(name) => {
            let other = version(loaded, SheetsKey { layout: Some(name.clone()), ..key }, format!("/api/v1{base}/pages"));
            let called = |id: &str| pack.layouts.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name).to_owned();
            (now, other, [called(&pack.layout), called(name)])
        }
        With::Variant(name) => {
            let other = version(loaded, SheetsKey { variant: name.clone(), ..key }, format!("/api/v1{base}/pages"));
            let called = |id: &str| pack.variants.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name).to_owned();
            (now, other, [called(&pack.variant), called(name)])
        }
    };
    let [first, second] = [&before, &after].map(|version| sheets(version.loaded, version.key.clone(), options, access));
    let (first, second) = (found(first)?, found(second)?);
    let (mut faults, mut pairs, mut words) = (Vec::new(), Vec::new(), Vec::new());
    match (&first, &second) {
        (Ok(one), Ok(other)) => {
            pairs.extend(compare::pages(one, other).iter().map(|found| pair(found, (&before, one), (&after, other))));
            if pairs.iter().any(|pair: &Pair| pair.differs) {
                let text = |version: &Version<'_>| {
                    let file = version.loaded.builder.file(id, &version.key.options(options), &version.key.document, Format::Txt);
                    file.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default()
                };
                words = compare::words(&text(&before), &text(&after));
            }
        }
        (one, other) => faults.extend([one, other].into_iter().filter_map(|side| side.as_ref().err()).flat_map(|found| Moment::without_pages(found).faults)),
    }
    let count = |side: &Found| side.as_ref().map_or(0, |sheets| sheets.count());
    let with = match with {
        With::Approved => "approved".to_owned(),
        With::Layout(name) => format!("layout:{name}"),
        With::Variant(name) => format!("variant:{name}"),
    };
    Ok(Compared {
        tab: "compare",
        with,
        sides,
        approved_at: approved.map(Approved::when),
        differing: pairs.iter().filter(|pair| pair.differs).count(),
        counts: [count(&first), count(&second)],
        pairs,
        words,
        faults,
        pack,
    })
}

/// A document that one side doesn't have has no pages there.
fn found(made: Result<Found, Problem>) -> Result<Found, Problem> {
    match made {
        Err(problem) if problem.is("unknown-document") => Ok(Err(vec![Diagnostic::error("unknown-document", "one of the two has no such document")])),
        made => made,
    }
}

fn nothing_approved() -> Problem {
    let fault = Diagnostic::error("nothing-approved", "nothing was approved yet");
    Problem::new(StatusCode::NOT_FOUND, fault.hint("`/changes` records an approval, if the server was started with `--allow-write`"))
}

fn pair(found: &PagePair, (before, one): (&Version<'_>, &Sheets), (after, other): (&Version<'_>, &Sheets)) -> Pair {
    let side = |version: &Version<'_>, sheets: &Sheets, page: Option<usize>, areas: [(&'static str, &[Area]); 2]| {
        let page = page?;
        let (print, [width, height]) = sheets.prints().nth(page)?;
        let marks = areas.into_iter().flat_map(|(kind, areas)| areas.iter().map(move |area| mark(kind, *area)));
        let source = format!("{}/{}?{}&print={print:032x}", version.source, page + 1, version.query);
        Some(Side { number: page + 1, source, width, height, marks: marks.collect() })
    };
    let left = side(before, one, found.before, [("gone", &found.gone), ("moved", &[])]);
    let right = side(after, other, found.after, [("new", &found.new), ("moved", &found.moved)]);
    Pair { sides: [left, right], differs: found.differs() }
}

fn mark(kind: &'static str, area: Area) -> Mark {
    const AROUND: f64 = 2.0;
    let short = |value: f64| (value * 10.0).round() / 10.0;
    Mark {
        kind,
        left: short(area.left - AROUND),
        top: short(area.top - AROUND),
        width: short(area.right - area.left + 2.0 * AROUND),
        height: short(area.bottom - area.top + 2.0 * AROUND),
    }
}

/// A page as it was approved.
pub(super) async fn get_approved_page(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String, usize)>, PathRejection>,
    query: query::Asked<ViewQuery>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let Path((organisation, name, number)) = path.map_err(malformed_path)?;
    let query = ViewQuery::of(query)?;
    let (options, also) = (app.options.clone(), Arc::clone(&app));
    let made = app.work(move |_| {
        let Some(approved) = also.approved() else { return Err(nothing_approved()) };
        let id = approved.loaded.find(&organisation, &name)?;
        let sheets = sheets(&approved.loaded, query.key(&id), &options, access)?.map_err(|faults| Problem::faults("what was approved", &faults))?;
        let picture = picture(&sheets, number, &format!("{name}-approved-{number}"), None)?;
        Ok(if sheets.audience == Audience::Panel { picture.private() } else { picture })
    });
    Ok(made.await??.answer(&asked))
}
