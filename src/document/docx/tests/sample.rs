//! A document by hand that holds every kind of block, as a job pack would use it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::brand::{Brand, Colors, CoverStyle, EmphasisStyle, LinkStyle, Settings, TableStyle, Typeface};
use crate::document::docx::{BrandedParts, FontFile, WordParts};
use crate::document::tree::*;
use crate::layout::HeadingRule;

/// A brand in open typefaces.
pub(super) fn brand(table: TableStyle, cover: CoverStyle) -> Brand {
    let color = |hex: &str| hex.to_owned();
    Brand {
        name: "Westmoor & District <Council>".to_owned(),
        short_name: None,
        website: None,
        color: Colors {
            foreground: color("#1f2933"),
            background: color("#ffffff"),
            primary: color("#0b4f6c"),
            on_primary: color("#ffffff"),
            secondary: color("#b3541e"),
            tertiary: color("#e3f0f5"),
            light: color("#f4f7f9"),
            dark: color("#102a33"),
            muted: color("#52606d"),
            rule: color("#aac2cc"),
            shade: color("#1f5d78"),
        },
        base: Typeface {
            family: "Public Sans".to_owned(),
            size: 11.0,
            weight: 400,
            line_height: 1.4,
            color: color("#1f2933"),
        },
        headings: Typeface {
            family: "Figtree".to_owned(),
            size: 18.0,
            weight: 700,
            line_height: 1.2,
            color: color("#0b4f6c"),
        },
        link: LinkStyle { color: color("#0b4f6c"), underline: true },
        logo: None,
        logo_dark: None,
        motif: None,
        symbols: "Jobpack Symbols".to_owned(),
        settings: Settings {
            paper: "a4".to_owned(),
            margin: [72.0, 62.0, 72.0, 62.0],
            table,
            heading_rule: true,
            cover,
            header: true,
            footer: None,
            minimum_contrast: 4.5,
            emphasis: EmphasisStyle::Italic,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            rule_weight: 1.0,
            single_column: false,
        },
    }
}

/// The font files of the brand, from the repository.
pub(super) fn fonts() -> Vec<FontFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let cuts = [("Regular", false, false), ("Bold", true, false), ("Italic", false, true), ("BoldItalic", true, true)];
    let families = [("Public Sans", "public-sans/PublicSans"), ("Figtree", "figtree/Figtree")];
    let mut files: Vec<(String, bool, bool, std::path::PathBuf)> = Vec::new();
    for (family, stem) in families {
        for (cut, bold, italic) in cuts {
            files.push((family.to_owned(), bold, italic, folder.join(format!("{stem}-{cut}.ttf"))));
        }
    }
    let symbols = folder.join("jobpack-symbols/JobpackSymbols-Regular.ttf");
    files.push(("Jobpack Symbols".to_owned(), false, false, symbols));
    files
        .into_iter()
        .map(|(family, bold, italic, path)| {
            let data = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            FontFile { family, bold, italic, data: data.into() }
        })
        .collect()
}

/// The default parts in a brand.
pub(super) fn parts(table: TableStyle, cover: CoverStyle) -> BrandedParts {
    ruled_parts(table, cover, HeadingRule::Below)
}

/// The same for a layout that says where the line of a section heading stands.
pub(super) fn ruled_parts(table: TableStyle, cover: CoverStyle, heading_rule: HeadingRule) -> BrandedParts {
    let parts = Arc::new(WordParts::new(&BTreeMap::new(), heading_rule).expect("default parts"));
    parts.for_brand(&brand(table, cover), &fonts(), Default::default(), "en-GB").expect("dressed parts")
}

pub(super) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

pub(super) fn paragraph(words: &str) -> Block {
    Block::new(BlockKind::Paragraph(text(words)))
}

pub(super) fn styled(style: &str, kind: BlockKind) -> Block {
    Block { kind, attributes: Attributes { style: Some(style.to_owned()), ..Attributes::default() } }
}

pub(super) fn heading(level: u8, words: &str, id: &str) -> Block {
    let attributes = Attributes { id: Some(id.to_owned()), ..Attributes::default() };
    Block { kind: BlockKind::Heading { level, content: text(words) }, attributes }
}

pub(super) fn number(form: NumberForm, prefix: &str, suffix: &str) -> Marker {
    Marker::Number { form, prefix: prefix.to_owned(), suffix: suffix.to_owned() }
}

pub(super) fn list(marker: Marker, start: u64, items: Vec<Vec<Block>>) -> Block {
    Block::new(BlockKind::List(List { marker, start, items }))
}

pub(super) fn items(words: &[&str]) -> Vec<Vec<Block>> {
    words.iter().map(|words| vec![paragraph(words)]).collect()
}

/// Lists nested `depth` levels deep, counted and bulleted in turn.
pub(super) fn nested(depth: usize) -> Block {
    let marker =
        if depth % 2 == 1 { number(NumberForm::LowerAlpha, "(", ")") } else { Marker::Bullet };
    let mut item = vec![paragraph(&format!("an item with {depth} levels from here"))];
    if depth > 1 {
        item.push(nested(depth - 1));
    }
    list(marker, 1, vec![item])
}

pub(super) fn cell(words: &str, scope: Option<Scope>) -> Cell {
    Cell { scope, column_span: 1, row_span: 1, align: None, fill: None, blocks: vec![paragraph(words)] }
}

pub(super) fn row(header: bool, cells: Vec<Cell>) -> Row {
    Row { header, cells }
}

fn person_specification() -> Block {
    let tick = |mark: &str| Cell { align: Some(Align::Center), ..cell(mark, None) };
    let head = |words: &str| cell(words, Some(Scope::Column));
    let named = |words: &str| cell(words, Some(Scope::Row));
    let mut rows = vec![row(true, vec![head("Criterion"), head("Essential"), head("Desirable"), head("Assessed by")])];
    for (index, criterion) in [
        "Excellent communication skills, both written and oral, with children, families and colleagues",
        "Knowledge of safeguarding and child protection procedures",
        "A recognised counselling qualification",
    ]
    .iter()
    .cycle()
    .take(24)
    .enumerate()
    {
        let (essential, desirable) = if index % 3 == 2 { ("✗", "✓") } else { ("✓", "") };
        rows.push(row(
            false,
            vec![named(criterion), tick(essential), tick(desirable), cell("Application form and interview", None)],
        ));
    }
    let table = Table {
        columns: vec![ColumnWidth::Fraction(1.0), ColumnWidth::Auto, ColumnWidth::Auto, ColumnWidth::Points(110.0)],
        rows,
        caption: text("Person specification"),
    };
    styled("criteria", BlockKind::Table(table))
}

fn facts() -> Block {
    let fact = |label: &str, value: &str| row(false, vec![cell(label, Some(Scope::Row)), cell(value, None)]);
    let head = row(true, vec![cell("Post", Some(Scope::Column)), cell("Learning Mentor", Some(Scope::Column))]);
    let rows = vec![
        head,
        fact("Grade", "5, points 12 to 16"),
        fact("Reports to", "Pastoral and Family Support Lead"),
        fact("Hours", "37 a week, 39 weeks a year, between 8.15 and 16.15 with half an hour for lunch each day"),
    ];
    styled("facts", BlockKind::Table(Table { columns: vec![ColumnWidth::Auto; 2], rows, caption: vec![] }))
}

fn spans() -> Block {
    let wide = Cell { column_span: 2, fill: Some("0B4F6C".to_owned()), ..cell("Week", Some(Scope::Column)) };
    let tall = Cell { row_span: 2, ..cell("Term time", Some(Scope::Row)) };
    let with_list = Cell {
        blocks: vec![list(Marker::Bullet, 1, items(&["pay scale 5", "37 hours"]))],
        ..cell("", None)
    };
    let with_table = Cell {
        blocks: vec![Block::new(BlockKind::Table(Table {
            columns: vec![],
            rows: vec![row(false, vec![cell("a table in a cell", None)])],
            caption: vec![],
        }))],
        ..cell("", None)
    };
    Block::new(BlockKind::Table(Table {
        columns: vec![ColumnWidth::Auto; 3],
        rows: vec![
            row(true, vec![cell("Period", Some(Scope::Column)), wide]),
            row(false, vec![tall, cell("first", None), with_list]),
            row(false, vec![cell("second", None), with_table]),
        ],
        caption: vec![],
    }))
}

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60' viewBox='0 0 200 60'>\
    <rect width='200' height='60' rx='8' fill='#0b4f6c'/><circle cx='30' cy='30' r='18' fill='#fff'/>\
    <text x='60' y='38' font-family='Figtree' font-weight='700' font-size='22' fill='#fff'>Westmoor</text></svg>";

pub(super) fn svg(alt: &str) -> Image {
    Image {
        data: SVG.as_bytes().into(),
        format: ImageFormat::Svg,
        alt: alt.to_owned(),
        width: Some(120.0),
        height: None,
    }
}

fn png() -> Image {
    let mut pixmap = resvg::tiny_skia::Pixmap::new(64, 32).expect("a pixmap");
    pixmap.fill(resvg::tiny_skia::Color::from_rgba8(179, 84, 30, 255));
    let data = pixmap.encode_png().expect("a PNG");
    Image { data: data.into(), format: ImageFormat::Png, alt: String::new(), width: None, height: Some(12.0) }
}

fn callout() -> Block {
    let link = Inline::Link {
        target: LinkTarget::External("https://jobs.example.org/apply?post=12&lang=en#form é".to_owned()),
        content: text("Apply online"),
    };
    let content = vec![link, Inline::Text(" by noon on Friday 30 January 2026.".to_owned())];
    styled(
        "callout",
        BlockKind::Group(vec![
            styled("label", BlockKind::Paragraph(text("How to apply"))),
            Block::new(BlockKind::Paragraph(content)),
            list(Marker::Bullet, 1, items(&["Read the person specification", "Answer each criterion with an example"])),
        ]),
    )
}

fn notes() -> Block {
    let see = Inline::Link {
        target: LinkTarget::Internal("2 person spec!".to_owned()),
        content: text("the person specification"),
    };
    let welsh = Inline::Span {
        attributes: Attributes {
            language: Some("cy".to_owned()),
            style: Some("muted".to_owned()),
            ..Attributes::default()
        },
        content: text("Croesewir ceisiadau yn Gymraeg"),
    };
    Block::new(BlockKind::Paragraph(vec![
        Inline::Text("Each criterion is scored".to_owned()),
        Inline::NoteReference(1),
        Inline::Text(" against ".to_owned()),
        see,
        Inline::NoteReference(0),
        Inline::Text(" and again".to_owned()),
        Inline::NoteReference(1),
        Inline::Text(". ".to_owned()),
        welsh,
        Inline::LineBreak,
        Inline::Text("</w:t> & \"quotes\" 'n' <b>tags</b> \u{200f}right\u{200e} soft\u{ad}hyphen".to_owned()),
    ]))
}

fn numbered() -> Vec<Block> {
    let decimal = || number(NumberForm::Decimal, "", ".");
    let mut first = items(&["To plan support", "To keep records", "To report to the head teacher"]);
    if let Some(item) = first.get_mut(1) {
        item.push(list(number(NumberForm::LowerAlpha, "(", ")"), 1, items(&["weekly", "termly"])));
        item.push(paragraph("Records are kept for six years; this paragraph goes on under item two."));
    }
    vec![
        list(decimal(), 1, first),
        paragraph("A second list starts again at one, a third goes on at five."),
        list(decimal(), 1, items(&["To attend meetings", "To train"])),
        list(decimal(), 5, items(&["Fifth", "Sixth"])),
        list(Marker::Dash, 1, items(&["a dash", "another dash"])),
        nested(9),
    ]
}

/// What a document or part opens with.
pub(super) fn opening<const N: usize>(name: &str, blocks: [Block; N]) -> [Block; N] {
    blocks.map(|mut block| {
        block.attributes.opening = Some(name.to_owned());
        block
    })
}

/// The whole document.
pub(super) fn tree() -> Tree {
    let strong = |words: &str| Inline::Strong(text(words));
    let entry = |level, words: &str, target: &str, page| ContentsEntry {
        level,
        text: words.to_owned(),
        target: target.to_owned(),
        page: Some(page),
    };
    let [masthead, title, subtitle] = opening(
        "cover-band",
        [
            styled("masthead", BlockKind::Paragraph(text("Children & Families"))),
            Block::new(BlockKind::Title(text("Learning Mentor"))),
            styled("subtitle", BlockKind::Paragraph(text("Job pack"))),
        ],
    );
    let entries =
        vec![entry(1, "The job", "job", 1), entry(2, "Duties", "duties", 1), entry(1, "Person", "2 person spec!", 3)];
    let mut body = vec![
        Block::new(BlockKind::Image(svg("Westmoor Council"))),
        masthead,
        title,
        subtitle,
        Block::new(BlockKind::Contents(entries)),
        heading(1, "The job", "job"),
        styled("lead", BlockKind::Paragraph(text("You will help pupils who find school hard to stay, settle and learn."))),
        facts(),
        Block::new(BlockKind::Paragraph(vec![
            strong("Strong words"),
            Inline::Text(", ".to_owned()),
            Inline::Emphasis(text("stressed words")),
            Inline::Text(", a picture ".to_owned()),
            Inline::Image(png()),
            Inline::Text(" in the line and a tick ✓ in a sentence.".to_owned()),
        ])),
        heading(2, "Duties", "duties"),
    ];
    body.extend(numbered());
    body.push(callout());
    let mut person = heading(1, "Person", "2 person spec!");
    person.attributes.page_break_before = true;
    body.extend([person, person_specification(), notes()]);
    let mut wide = heading(1, "Timetable", "timetable");
    wide.attributes.landscape = Some(true);
    let mut back = styled("notice", BlockKind::Paragraph(text("Keep this page for your records.")));
    back.attributes.landscape = Some(false);
    let mut arabic = paragraph("نرحب بطلباتكم");
    arabic.attributes.language = Some("ar".to_owned());
    body.extend([wide, spans(), back, arabic, signature()]);
    Tree {
        language: "en-GB".to_owned(),
        title: "Learning Mentor: job pack".to_owned(),
        header: vec![paragraph("Westmoor Council"), aligned(Align::End, text("Learning Mentor"))],
        footer: vec![
            paragraph("Reference LM-12"),
            aligned(
                Align::End,
                vec![
                    Inline::Text("Page ".to_owned()),
                    Inline::PageNumber,
                    Inline::Text(" of ".to_owned()),
                    Inline::PageCount,
                ],
            ),
        ],
        body,
        footnotes: vec![
            vec![paragraph("At shortlisting and again at interview.")],
            vec![paragraph("From 0 to 4."), paragraph("A score of 2 or more meets the criterion.")],
        ],
    }
}

fn aligned(align: Align, content: Vec<Inline>) -> Block {
    Block {
        kind: BlockKind::Paragraph(content),
        attributes: Attributes { align: Some(align), ..Attributes::default() },
    }
}

fn signature() -> Block {
    let line = |words: &str| Block::new(BlockKind::SignatureLine(text(words)));
    styled(
        "signature",
        BlockKind::Group(vec![
            paragraph("I have read and agree the job description."),
            line("Signed"),
            line("Date"),
        ]),
    )
}
