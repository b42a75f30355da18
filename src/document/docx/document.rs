//! One document: what its stories share, and how its parts come together in a package.
//!
//! A *story* is a run of text with its own part: body, footnotes, a header, a footer. Numbering, bookmarks, pictures
//! and findings belong to the whole document and live here. How text is written does not.

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Block, Tree};

use super::DocxJob;
use super::anchors::Anchors;
use super::branded::zip_fault;
use super::field::Field;
use super::fonts::Typefaces;
use super::numbering::{Measure, Numbering};
use super::opc::{Package, Relationships, relationship, word_part};
use super::page::{Page, Running};
use super::picture::Media;
use super::properties;
use super::story::{Place, Story};
use super::styles::Styles;
use super::xml::Xml;

/// What the stories of a document share.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) tree: &'a Tree,
    pub(super) job: &'a DocxJob<'a>,
    pub(super) faces: Typefaces<'a>,
    pub(super) anchors: Anchors<'a>,
    pub(super) numbering: Numbering,
    pub(super) media: Media,
    /// Footnotes in the order in which the text refers to them: indices into the tree's list.
    pub(super) notes: Vec<usize>,
    pub(super) faults: Vec<Diagnostic>,
    drawings: usize,
}

/// A run of body blocks on pages of one orientation.
struct Section<'a> {
    landscape: bool,
    blocks: &'a [Block],
}

impl<'a> Document<'a> {
    /// Gathers what must be known before the first word is written.
    pub(super) fn new(tree: &'a Tree, job: &'a DocxJob<'a>) -> Self {
        let (anchors, faults) = Anchors::new(tree);
        let faces = Typefaces::new(&job.parts.brand, &job.parts.fonts);
        let numbering = Numbering::new(Measure { faces: &faces, size: f64::from(job.parts.body_size) / 2.0 });
        Self {
            tree,
            job,
            faces,
            anchors,
            numbering,
            media: Media::default(),
            notes: Vec::new(),
            faults,
            drawings: 0,
        }
    }

    /// The styles that text may refer to.
    pub(super) fn styles(&self) -> &'a Styles {
        &self.job.parts.styles
    }

    /// An id for a drawing, unique in the package.
    pub(super) fn drawing_id(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    /// Writes the package.
    pub(super) fn write(mut self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let parts = self.job.parts;
        let mut package = Package::new(parts.types.clone());
        package.types.extension("rels", "application/vnd.openxmlformats-package.relationships+xml");
        package.types.extension("xml", "application/xml");
        self.add_properties(&mut package);

        let mut relationships = Relationships::default();
        for (kind, target) in [
            (relationship::STYLES, "styles.xml"),
            (relationship::NUMBERING, "numbering.xml"),
            (relationship::SETTINGS, "settings.xml"),
            (relationship::WEB_SETTINGS, "webSettings.xml"),
            (relationship::FONT_TABLE, "fontTable.xml"),
            (relationship::THEME, "theme/theme1.xml"),
            (relationship::FOOTNOTES, "footnotes.xml"),
        ] {
            relationships.part(kind, target);
        }
        let body = self.body(relationships, &mut package);
        package.types.part(DOCUMENT, word_part("document.main"));
        package.add(DOCUMENT, body.xml);
        package.add_relationships(DOCUMENT, &body.relationships);

        let notes = self.footnotes();
        package.types.part(FOOTNOTES, word_part("footnotes"));
        package.add(FOOTNOTES, notes.xml);
        package.add_relationships(FOOTNOTES, &notes.relationships);

        let numbering = std::mem::take(&mut self.numbering).view(&self.faces, &parts.brand.color.secondary);
        match parts.word_parts.numbering(&numbering) {
            Ok(xml) => package.add(NUMBERING, xml.as_bytes()),
            Err(fault) => self.faults.push(fault),
        }
        package.types.part(NUMBERING, word_part("numbering"));
        std::mem::take(&mut self.media).add_to(&mut package);

        if self.faults.is_empty() {
            package.finish([&parts.style_entry, &parts.entries]).map_err(|error| vec![zip_fault(&error)])
        } else {
            Err(self.faults)
        }
    }

    fn add_properties(&mut self, package: &mut Package) {
        let mut relationships = Relationships::default();
        relationships.part(relationship::DOCUMENT, DOCUMENT);
        relationships.part(relationship::CORE, properties::CORE);
        relationships.part(relationship::EXTENDED, properties::APP);
        package.add("_rels/.rels", relationships.to_xml());
        package.types.part(properties::CORE, "application/vnd.openxmlformats-package.core-properties+xml");
        package.types.part(
            properties::APP,
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        );
        let (core, faults) = properties::core(self.tree, self.job);
        self.faults.extend(faults);
        package.add(properties::CORE, core);
        let (app, faults) = properties::app(self.job);
        self.faults.extend(faults);
        package.add(properties::APP, app);
    }

    fn body(&mut self, mut relationships: Relationships, package: &mut Package) -> Part {
        let tree = self.tree;
        let portrait = self.job.parts.page;
        let sections = sections(&tree.body);
        // The first page carries no header words, since its words are those of the title, and a cover that is a page of
        // its own no footer.
        let field = Field::of(&tree.body);
        let mut layouts = Vec::new();
        for turned in [false, true] {
            if sections.iter().any(|section| section.landscape == turned) {
                let page = if turned { portrait.turned() } else { portrait };
                let number = if turned { 2 } else { 1 };
                let header = self.running((Place::Header, number), page, &mut relationships, package);
                let footer = self.running((Place::Footer, number), page, &mut relationships, package);
                layouts.push((page, header, footer));
            }
        }
        let first = sections.first().filter(|_| !field.silent()).map(|first| if first.landscape { portrait.turned() } else { portrait });
        let first = first.and_then(|page| self.running((Place::Footer, 3), page, &mut relationships, package));
        let field = self.field(field, portrait, &mut relationships, package);
        // The colour of the page (clause 17.2.1), which the settings part says to show.
        let page = &self.job.parts.brand.color.background;
        let mut story = Story::new(self, Place::Body, portrait, relationships);
        story.xml.open("w:document", &NAMESPACES);
        if page != "#FFFFFF" {
            story.xml.empty("w:background", &[("w:color", &page.trim_start_matches('#'))]);
        }
        story.xml.open("w:body", &[]);
        for (index, section) in sections.iter().enumerate() {
            let layout = layouts.iter().find(|(page, ..)| page.landscape == section.landscape);
            let Some((page, header, footer)) = layout else { continue };
            let running = Running {
                header: header.as_deref(),
                footer: footer.as_deref(),
                title_page: index == 0,
                first_header: field.as_deref(),
                first_footer: first.as_deref(),
            };
            let properties = page.section_properties(running);
            let last = index + 1 == sections.len();
            story.section(*page, section.blocks, &properties, last);
        }
        story.xml.close("w:body");
        story.xml.close("w:document");
        story.finish()
    }

    /// The header of the first page, if a field of colour stands in it; its relationship id.
    fn field(
        &mut self,
        field: Field,
        page: Page,
        relationships: &mut Relationships,
        package: &mut Package,
    ) -> Option<String> {
        if !field.drawn(&self.job.parts.covers) {
            return None;
        }
        let mut story = Story::new(self, Place::Header, page, Relationships::default());
        story.xml.open("w:hdr", &NAMESPACES);
        story.cover_field(field);
        story.xml.close("w:hdr");
        let part = story.finish();
        package.types.part("word/header3.xml", word_part("header"));
        package.add("word/header3.xml", part.xml);
        package.add_relationships("word/header3.xml", &part.relationships);
        Some(relationships.part(relationship::HEADER, "header3.xml"))
    }

    /// A running header or footer for pages of this width; its relationship id, or none where there is nothing to say.
    fn running(
        &mut self,
        (place, number): (Place, usize),
        page: Page,
        relationships: &mut Relationships,
        package: &mut Package,
    ) -> Option<String> {
        let (root, stem, kind, blocks) = match place {
            Place::Footer => ("w:ftr", "footer", relationship::FOOTER, self.tree.footer.as_slice()),
            _ => ("w:hdr", "header", relationship::HEADER, self.tree.header.as_slice()),
        };
        if blocks.is_empty() && place == Place::Header {
            return None;
        }
        let mut story = Story::new(self, place, page, Relationships::default());
        story.xml.open(root, &NAMESPACES);
        if blocks.is_empty() {
            story.default_footer();
        } else {
            story.running(blocks);
        }
        story.xml.close(root);
        let part = story.finish();
        let file = format!("{stem}{number}.xml");
        let name = format!("word/{file}");
        package.types.part(&name, word_part(stem));
        package.add(&name, part.xml);
        package.add_relationships(&name, &part.relationships);
        Some(relationships.part(kind, &file))
    }

    /// The footnotes part, with the separators that the settings part refers to (clause 17.11.9).
    fn footnotes(&mut self) -> Part {
        let tree = self.tree;
        let notes = self.notes.clone();
        let unused = (0..tree.footnotes.len()).filter(|index| !notes.contains(index));
        let unused: Vec<Diagnostic> = unused
            .map(|index| Diagnostic::error("unused-footnote", format!("nothing refers to footnote {}", index + 1)))
            .collect();
        self.faults.extend(unused);
        let page = self.job.parts.page;
        let mut story = Story::new(self, Place::Footnotes, page, Relationships::default());
        story.xml.open("w:footnotes", &NAMESPACES);
        for (id, kind, mark) in [(-1, "separator", "w:separator"), (0, "continuationSeparator", "w:continuationSeparator")]
        {
            story.xml.open("w:footnote", &[("w:type", &kind), ("w:id", &id)]);
            story.xml.raw("<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r>");
            story.xml.empty(mark, &[]);
            story.xml.raw("</w:r></w:p>");
            story.xml.close("w:footnote");
        }
        for (number, index) in notes.iter().enumerate() {
            if let Some(blocks) = tree.footnotes.get(*index) {
                story.footnote(number + 1, blocks);
            }
        }
        story.xml.close("w:footnotes");
        story.finish()
    }
}

/// A finished story.
#[derive(Debug)]
pub(super) struct Part {
    /// The part's XML.
    pub(super) xml: String,
    /// Its relationships.
    pub(super) relationships: Relationships,
}

/// Cuts the body where the orientation of the page changes.
fn sections(body: &[Block]) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let (mut landscape, mut start) = (false, 0);
    for (index, block) in body.iter().enumerate() {
        if let Some(turned) = block.attributes.landscape {
            if turned != landscape && index > start {
                sections.push(Section { landscape, blocks: body.get(start..index).unwrap_or_default() });
                start = index;
            }
            landscape = turned;
        }
    }
    sections.push(Section { landscape, blocks: body.get(start..).unwrap_or_default() });
    sections
}

const DOCUMENT: &str = "word/document.xml";
const FOOTNOTES: &str = "word/footnotes.xml";
const NUMBERING: &str = "word/numbering.xml";

/// Namespaces of every story.
const NAMESPACES: [super::xml::Attribute<'static>; 5] = [
    ("xmlns:w", &"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", &"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", &"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", &"http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", &"http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

impl Part {
    /// Ends a story's part.
    pub(super) fn new(xml: Xml, relationships: Relationships) -> (Self, Vec<Diagnostic>) {
        let (xml, faults) = xml.finish();
        (Self { xml, relationships }, faults)
    }
}
