//! Typst's diagnostics as ours: place, hints and trace kept, none flattened.

use typst::diag::{Severity, SourceDiagnostic, SourceResult, Tracepoint, Warned};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId};
use typst::WorldExt;

use super::world::World;
use crate::diagnostic::{Diagnostic, Found, Span};

/// What the html target ignores without harm: spacing and breaks, which travel by other ways.
const HARMLESS: [&str; 7] = ["v", "h", "pagebreak", "colbreak", "line", "page", "attach"];

/// Errors and warnings of a compilation, mapped.
pub(super) fn mapped<T>(world: &World<'_>, result: Warned<SourceResult<T>>) -> Found<T> {
    let mut found: Vec<Diagnostic> = result.warnings.iter().filter_map(|warning| kept(world, warning)).collect();
    match result.output {
        Ok(output) if found.iter().all(|fault| fault.severity != crate::diagnostic::Severity::Error) => Ok((output, found)),
        Ok(_) => Err(found),
        Err(errors) => {
            found.extend(errors.iter().map(|error| one(world, error)));
            found.retain(|fault| fault.severity == crate::diagnostic::Severity::Error);
            Err(found)
        }
    }
}

/// A warning, unless it is a standing one; that content was left out is an error.
fn kept(world: &World<'_>, warning: &SourceDiagnostic) -> Option<Diagnostic> {
    if warning.message.contains("html export is under active development") {
        return None;
    }
    let mut found = one(world, warning);
    if let Some(what) = warning.message.split(" was ignored during").next().filter(|what| what.len() < warning.message.len()) {
        let name = what.trim_matches('`');
        if HARMLESS.contains(&name) {
            return None;
        }
        found.severity = crate::diagnostic::Severity::Error;
        found.code = "content-dropped";
        found.hints.push("use a component of `templates/base`, which has a form for every format".to_owned());
    }
    Some(found)
}

/// One diagnostic of Typst.
pub(super) fn one(world: &World<'_>, found: &SourceDiagnostic) -> Diagnostic {
    let message = found.message.to_string();
    let mut mapped = match found.severity {
        Severity::Error => Diagnostic::error("typst", message),
        Severity::Warning => Diagnostic::warning("typst", message),
    };
    mapped.span = place(world, found.span);
    for hint in &found.hints {
        match place(world, hint.span) {
            Some(span) => mapped.labels.push((span, hint.v.to_string())),
            None => mapped.hints.push(hint.v.to_string()),
        }
    }
    for point in &found.trace {
        let doing = match &point.v {
            Tracepoint::Call(Some(name)) => format!("while calling `{name}`"),
            Tracepoint::Call(None) => "while calling a function".to_owned(),
            Tracepoint::Show(name) => format!("while showing `{name}`"),
            Tracepoint::Import(name) => format!("while importing `{name}`"),
            Tracepoint::Include(name) => format!("while including `{name}`"),
        };
        let at = place(world, DiagSpan::from(point.span));
        mapped.trace.push(match at {
            Some(span) => format!("{doing}, {}:{}", span.file.path, span.line_column().0),
            None => doing,
        });
    }
    if mapped.span.is_none() && mapped.path.is_none() {
        mapped.path = Some(typst::World::main(world).get().vpath().get_without_slash().to_owned());
    }
    mapped
}

fn place(world: &World<'_>, span: DiagSpan) -> Option<Span> {
    let id: FileId = match span.get() {
        DiagSpanKind::Detached => return None,
        DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. } => id,
    };
    let range = world.range(span)?;
    let file = world.files().text(id.get().vpath().get_without_slash()).ok()?;
    Some(Span::new(&file, range))
}

/// The place of an element of a layout.
pub fn locate(world: &World<'_>, span: typst::syntax::Span) -> Option<Span> {
    place(world, DiagSpan::from(span))
}
