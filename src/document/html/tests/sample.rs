//! A job pack with every construct of the tree, in the words of a real one.

use std::path::Path;
use std::sync::Arc;

use crate::brand::{self, Brand};
use crate::document::tree::*;
use crate::source::{Layer, load, read};

/// The brand of an organisation of this project.
pub(super) fn brand_of(organisation: &str) -> Brand {
    let name = format!("profiles/{organisation}/_brand.yml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    let node = read(&load(&path, &name).expect("a file"), Layer::Organisation).expect("YAML");
    brand::read(&node, organisation).expect("a brand").0.brand
}

fn logo(organisation: &str) -> Option<Arc<[u8]>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{organisation}/logo.svg"));
    std::fs::read(path).ok().map(Arc::from)
}

pub(super) fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

pub(super) fn strong(words: &str) -> Inline {
    Inline::Strong(vec![text(words)])
}

pub(super) fn paragraph(words: &str) -> Block {
    Block::new(BlockKind::Paragraph(vec![text(words)]))
}

pub(super) fn styled(style: &str, kind: BlockKind) -> Block {
    Block { kind, attributes: Attributes { style: Some(style.to_owned()), ..Attributes::default() } }
}

pub(super) fn heading(level: u8, words: &str, id: &str) -> Block {
    let attributes = Attributes { id: Some(id.to_owned()), ..Attributes::default() };
    Block { kind: BlockKind::Heading { level, content: vec![text(words)] }, attributes }
}

pub(super) fn link(address: &str, words: &str) -> Inline {
    Inline::Link { target: LinkTarget::External(address.to_owned()), content: vec![text(words)] }
}

pub(super) fn list(marker: Marker, items: &[&str]) -> Block {
    let items = items.iter().map(|item| vec![paragraph(item)]).collect();
    Block::new(BlockKind::List(List { marker, start: 1, items }))
}

pub(super) fn number(form: NumberForm, prefix: &str, suffix: &str) -> Marker {
    Marker::Number { form, prefix: prefix.to_owned(), suffix: suffix.to_owned() }
}

pub(super) fn cell(words: &str) -> Cell {
    let blocks = if words.is_empty() { Vec::new() } else { vec![paragraph(words)] };
    Cell { scope: None, column_span: 1, row_span: 1, align: None, fill: None, blocks }
}

pub(super) fn scoped(scope: Scope, words: &str) -> Cell {
    Cell { scope: Some(scope), ..cell(words) }
}

pub(super) fn centred(words: &str) -> Cell {
    Cell { align: Some(Align::Center), ..cell(words) }
}

pub(super) fn table(columns: Vec<ColumnWidth>, head: Option<Vec<Cell>>, body: Vec<Vec<Cell>>) -> Table {
    let mut rows: Vec<Row> = head.into_iter().map(|cells| Row { header: true, cells }).collect();
    rows.extend(body.into_iter().map(|cells| Row { header: false, cells }));
    Table { columns, rows, caption: Vec::new() }
}

/// A table of facts: each row named by its first cell.
pub(super) fn facts(rows: &[(&str, &str)]) -> Table {
    let rows = rows.iter().map(|(name, value)| {
        let name = Cell { blocks: vec![Block::new(BlockKind::Paragraph(vec![strong(name)]))], ..scoped(Scope::Row, "") };
        vec![name, cell(value)]
    });
    let head = ["Detail", "Information"].map(|words| scoped(Scope::Column, words));
    table(vec![ColumnWidth::Ratio(0.35), ColumnWidth::Fraction(1.0)], Some(head.into()), rows.collect())
}

/// A table of criteria with ticks; an empty mark leaves its cell empty.
pub(super) fn criteria(rows: &[(&str, &str, &str, &str)]) -> Table {
    let head = |words: &str| Cell {
        scope: Some(Scope::Column),
        align: (words != "Criterion").then_some(Align::Center),
        blocks: vec![Block::new(BlockKind::Paragraph(vec![strong(words)]))],
        ..cell("")
    };
    let points = ColumnWidth::Points;
    table(
        vec![ColumnWidth::Fraction(1.0), points(70.8), points(70.8), points(96.0)],
        Some(["Criterion", "Essential", "Desirable", "Assessed by"].map(head).into()),
        rows.iter()
            .map(|(words, essential, desirable, how)| {
                vec![scoped(Scope::Row, words), centred(essential), centred(desirable), cell(how)]
            })
            .collect(),
    )
}

/// Words that try to leave the place that they stand in.
pub(super) const HOSTILE: &str = "</style></p><script>alert(\"1\")</script> & 'x' \u{200f}\u{202e}]]>";

/// The whole document.
pub(super) fn pack(organisation: &str, name: &str) -> Tree {
    let brand = brand_of(organisation);
    let number_line = vec![text("Page "), Inline::PageNumber, text(" of "), Inline::PageCount];
    let footnote = |index| Inline::NoteReference(index);
    let mut body = Vec::new();
    if let Some(data) = logo(organisation) {
        body.push(Block::new(BlockKind::Image(Image {
            data,
            format: ImageFormat::Svg,
            alt: name.to_owned(),
            width: Some(160.7),
            height: Some(42.5),
        })));
    }
    body.extend([
        Block::new(BlockKind::Title(vec![text("Learning Mentor / ELSA")])),
        styled("notice", BlockKind::Paragraph(vec![strong("Draft: not approved for publication")])),
        styled("lead", BlockKind::Paragraph(vec![text("Work with children who need a little more to do well at school.")])),
        Block::new(BlockKind::Contents(vec![
            ContentsEntry { level: 1, text: "Model Job Profile".into(), target: "profile".into(), page: Some(1) },
            ContentsEntry { level: 2, text: "Job Purpose and Content".into(), target: "purpose".into(), page: Some(1) },
            ContentsEntry { level: 2, text: "Principal Responsibilities".into(), target: "duties".into(), page: Some(2) },
            ContentsEntry { level: 1, text: "Model Person Specification".into(), target: "person".into(), page: Some(3) },
        ])),
        styled("masthead", BlockKind::Paragraph(vec![text(name)])),
        styled("masthead", BlockKind::Paragraph(vec![text("Children, Adults & Housing Directorate")])),
        heading(1, "Model Job Profile", "profile"),
        styled("facts", BlockKind::Table(facts(&[
            ("Job Title", "Learning Mentor / ELSA"),
            ("Grade", "Grade 3"),
            ("Model No", "24"),
            ("Reports To", "Pastoral and Family Support Lead"),
            ("Staff Managed (if any)", "None"),
        ]))),
        heading(2, "Job Purpose and Content", "purpose"),
        Block::new(BlockKind::Paragraph(vec![
            text("The job of the Learning Mentor/ ELSA is to work with children identified as having barriers to learning."),
            footnote(0),
            text(" The power may be delegated to "),
            Inline::Emphasis(vec![text("the Pastoral and Family Support")]),
            text(". Read "),
            link("https://www.havering.gov.uk/jobs?a=1&b=\"2\"", "how we recruit"),
            text(" or write to "),
            link("mailto:jobs@havering.example", "jobs@havering.example"),
            text(". Barriers to learning may include (not exclusively):"),
        ])),
        list(Marker::Dash, &[
            "Significant and consistent underachievement",
            "Poor behaviour or difficulties in anger management",
            "Loss, bereavement or parental break-up",
        ]),
        heading(2, "Principal Responsibilities", "duties"),
        duties(),
        list(number(NumberForm::LowerAlpha, "(", ")"), &["With a bracket on both sides", "And a second"]),
        list(number(NumberForm::LowerRoman, "", ")"), &["With a bracket after", "And a second"]),
        list(number(NumberForm::UpperAlpha, "§\u{a0}", ":"), &["With a sign of its own", "And a second"]),
        styled("callout", BlockKind::Group(vec![
            Block::new(BlockKind::Paragraph(vec![strong("Safeguarding")])),
            paragraph("We are committed to safeguarding and promoting the welfare of children and young people."),
            list(Marker::Bullet, &["An enhanced check with barred lists", "Two references"]),
        ])),
        Block {
            kind: BlockKind::Paragraph(vec![text("Rydym yn croesawu ceisiadau yn Gymraeg. "), arabic(), footnote(0)]),
            attributes: Attributes { language: Some("cy".into()), ..Attributes::default() },
        },
        paragraph(HOSTILE),
        Block {
            attributes: Attributes {
                page_break_before: true,
                style: Some("masthead".into()),
                ..Attributes::default()
            },
            ..paragraph(name)
        },
        styled("masthead", BlockKind::Paragraph(vec![text("Social Care & Learning Directorate")])),
        heading(1, "Model Person Specification", "person"),
        heading(2, "Skills and Abilities", "skills"),
        styled("criteria", BlockKind::Table(criteria(&[
            ("The ability to develop and maintain effective working relationships with other team members and \
              contribute to the work of the team", "✓", "", "Application and interview"),
            ("Carry out work to agreed specifications and deadlines", "✓", "", "Application and interview"),
            ("ICT skills to support administration including using Google drive", "", "✓", "Application"),
            ("The full range of mentoring skills", "✓", "", "Application and interview"),
        ]))),
        heading(2, "Hours", "hours"),
        hours(),
    ]);
    body.extend([
        styled("muted", BlockKind::Paragraph(vec![text("Compiled from model profile 24. "), internal("person", "See above")])),
        Block::new(BlockKind::SignatureLine(vec![text("Signed ("), strong("headteacher"), text(")")])),
        Block::new(BlockKind::SignatureLine(vec![text("Date")])),
        Block { attributes: Attributes { landscape: Some(true), ..Attributes::default() }, ..heading(2, "Structure", "x") },
        paragraph("On a wide sheet."),
        Block { attributes: Attributes { landscape: Some(false), ..Attributes::default() }, ..paragraph("And back.") },
    ]);
    Tree {
        language: "en-GB".to_owned(),
        title: format!("Learning Mentor / ELSA: job pack, {}", brand.name),
        header: vec![paragraph(&format!("Learning Mentor / ELSA · {name}"))],
        footer: vec![Block::new(BlockKind::Paragraph(number_line)), paragraph(name)],
        body,
        footnotes: vec![vec![Block::new(BlockKind::Paragraph(vec![text("See the "), strong("graduated approach"), text(".")]))]],
    }
}

fn internal(id: &str, words: &str) -> Inline {
    Inline::Link { target: LinkTarget::Internal(id.to_owned()), content: vec![text(words)] }
}

fn arabic() -> Inline {
    let attributes = Attributes { language: Some("ar".into()), ..Attributes::default() };
    Inline::Span { attributes, content: vec![text("مرحبا")] }
}

/// A numbered list that begins at 3 and holds another.
fn duties() -> Block {
    let inner = list(number(NumberForm::LowerAlpha, "", "."), &["in the classroom", "at home"]);
    let items = vec![
        vec![paragraph("To identify those children who would benefit most from a Learning Mentor/ELSA")],
        vec![paragraph("To develop a 1:1 mentoring relationship with children needing particular support:"), inner],
        vec![paragraph("To maintain regular contact with families."), paragraph("This may be in the evening.")],
    ];
    Block::new(BlockKind::List(List { marker: number(NumberForm::Decimal, "", "."), start: 3, items }))
}

/// A table that can't be stacked: a cell covers two columns.
fn hours() -> Block {
    let wide = Cell { column_span: 2, ..scoped(Scope::Column, "Term time") };
    let mut table = table(
        vec![ColumnWidth::Auto, ColumnWidth::Fraction(1.0), ColumnWidth::Fraction(1.0)],
        Some(vec![cell(""), wide]),
        vec![
            vec![scoped(Scope::Row, "Monday"), cell("8.30 am"), Cell { align: Some(Align::End), ..cell("3.30 pm") }],
            vec![scoped(Scope::Row, "Friday"), cell("8.30 am"), Cell { align: Some(Align::End), ..cell("1 pm") }],
        ],
    );
    table.caption = vec![text("Working hours")];
    Block::new(BlockKind::Table(table))
}
