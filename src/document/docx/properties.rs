//! Document properties: `docProps/core.xml` (ISO/IEC 29500-2 clause 11) and `docProps/app.xml` (29500-1 clause 22.2).
//!
//! Dates come from the caller. Nothing about who ran the program, where or when is written.

use crate::diagnostic::Diagnostic;
use crate::document::tree::Tree;

use super::DocxJob;
use super::xml::Xml;

/// Name of the core properties part.
pub(super) const CORE: &str = "docProps/core.xml";
/// Name of the extended properties part.
pub(super) const APP: &str = "docProps/app.xml";

/// Title, author, language and dates.
pub(super) fn core(tree: &Tree, job: &DocxJob<'_>) -> (String, Vec<Diagnostic>) {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let keywords = job.keywords.join(", ");
    for (name, value) in [
        ("dc:title", tree.title.as_str()),
        ("dc:subject", job.subject),
        ("dc:creator", job.author),
        ("cp:keywords", keywords.as_str()),
        ("cp:lastModifiedBy", job.author),
        ("dc:language", tree.language.as_str()),
    ] {
        if !value.is_empty() {
            xml.element(name, &[], value);
        }
    }
    xml.element("cp:revision", &[], "1");
    let mut faults = Vec::new();
    if chrono::NaiveDate::parse_from_str(job.created, "%Y-%m-%d").is_ok() {
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", &"dcterms:W3CDTF")], &format!("{}T00:00:00Z", job.created));
        }
    } else {
        let message = format!("the document's date `{}` is not a date as `2026-01-31`", job.created);
        faults.push(Diagnostic::error("invalid-date", message));
    }
    xml.close("cp:coreProperties");
    let (xml, illegal) = xml.finish();
    faults.extend(illegal);
    (xml, faults)
}

/// The application, and the organisation as the company.
pub(super) fn app(job: &DocxJob<'_>) -> (String, Vec<Diagnostic>) {
    let mut xml = Xml::part();
    xml.open(
        "Properties",
        &[("xmlns", &"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")],
    );
    if let Some(pages) = job.page_count {
        xml.element("Pages", &[], &pages.to_string());
    }
    xml.element("Application", &[], "jobpack");
    xml.element("DocSecurity", &[], "0");
    if !job.author.is_empty() {
        xml.element("Company", &[], job.author);
    }
    xml.element("AppVersion", &[], "16.0000");
    xml.close("Properties");
    xml.finish()
}
