//! What stands around the words: metadata, the way the page opens; and facts without a table.

use super::sample::*;
use super::{body, document_of, page, style};
use crate::brand::CoverStyle;
use crate::document::html::{HtmlPage, write};
use crate::document::tree::*;

fn shell(blocks: Vec<Block>, change: impl FnOnce(HtmlPage<'_>) -> HtmlPage<'_>) -> String {
    let style = style("havering");
    let tree = document_of(blocks);
    let html = write(&tree, &change(page(&style, "Havering"))).unwrap_or_else(|faults| panic!("{faults:#?}"));
    html.replace(style.css(), "")
}

fn picture() -> Image {
    let data = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_slice();
    Image { data: data.into(), format: ImageFormat::Svg, alt: "Havering".to_owned(), width: None, height: None }
}

fn title(words: &str) -> Block {
    Block::new(BlockKind::Title(vec![text(words)]))
}

#[test]
fn data_for_search_engines_can_t_end_its_element() {
    const JSON: &str = "{\"title\":\"</script><!--<script> & \u{2028}\"}";
    let html = shell(vec![title("A post")], |page| HtmlPage { posting: Some(JSON), ..page });
    let start = "<script type=\"application/ld+json\">";
    let data = html.split_once(start).and_then(|(_, rest)| rest.split_once("</script>")).map(|(data, _)| data).expect("data");
    assert!(!data.contains(['<', '>', '&', '\u{2028}']), "{data}");
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert_eq!(value(data), value(JSON));
    assert_eq!(html.matches("</script>").count(), 1);
    assert!(!shell(vec![title("A post")], |page| page).contains("<script"));
}

#[test]
fn search_engines_are_told_what_to_leave_out_and_what_a_page_is_about() {
    let html = shell(vec![title("A post")], |page| HtmlPage { listed: false, description: Some("Keep \"it\"."), ..page });
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">\n"));
    assert!(html.contains("<meta name=\"description\" content=\"Keep &quot;it&quot;.\">\n"));
    let html = shell(vec![title("A post")], |page| page);
    assert!(!html.contains("robots") && !html.contains("name=\"description\""));
}

#[test]
fn the_logo_hangs_in_a_full_cover_and_stands_above_the_others() {
    let logo = || Block::new(BlockKind::Paragraph(vec![Inline::Image(picture())]));
    let open = |cover| shell(vec![logo(), title("A post")], move |page| HtmlPage { cover, ..page });
    let full = open(CoverStyle::Full);
    assert!(full.contains("<div class=\"cover full\"><div class=\"measure\">\n<div class=\"tab\">\n<p><img "), "{full}");
    assert!(!full.contains("identity"));
    for (cover, class) in [(CoverStyle::Plain, "plain"), (CoverStyle::Band, "band")] {
        let html = open(cover);
        assert!(html.contains("<div class=\"identity\"><div class=\"measure\">\n<p><img "), "{html}");
        assert!(html.contains(&format!("<div class=\"cover {class}\"><div class=\"measure\">\n<h1>A post</h1>")), "{html}");
    }
}

#[test]
fn no_line_of_a_title_starts_with_a_dash() {
    assert!(shell(vec![title("Officer – Coordination")], |page| page).contains("<h1>Officer\u{a0}– Coordination</h1>"));
}

#[test]
fn labels_with_their_values_are_names_with_values() {
    let label = |words| styled("label", BlockKind::Paragraph(vec![strong(words)]));
    assert_eq!(
        body(vec![label("Salary"), paragraph("£26,000"), label("Hours"), paragraph("35"), paragraph("After")]),
        "<dl class=\"strip\">\n<div><dt><strong>Salary</strong></dt><dd>£26,000</dd></div>\n\
         <div><dt><strong>Hours</strong></dt><dd>35</dd></div>\n</dl>\n<p>After</p>\n"
    );
    assert_eq!(body(vec![label("Note"), paragraph("One")]), "<p class=\"s-label\"><strong>Note</strong></p>\n<p>One</p>\n");
}

#[test]
fn long_slashed_words_and_addresses_may_be_broken_at_their_signs() {
    let said = |words: &str| body(vec![paragraph(words)]).replace("<p>", "").replace("</p>\n", "");
    assert_eq!(said("Technical requirements/qualifications"), "Technical requirements/<wbr>qualifications");
    assert_eq!(said("and/or he/she"), "and/or he/she");
    assert_eq!(said("recruitment.team@example.org"), "recruitment<wbr>.team<wbr>@example<wbr>.org");
    assert_eq!(said("https://example.org/a&b"), "https://<wbr>example<wbr>.org/<wbr>a&amp;b");
    assert_eq!(said("a/b/c/d/e/f/g/h <b>"), "a/<wbr>b/<wbr>c/<wbr>d/<wbr>e/<wbr>f/<wbr>g/<wbr>h &lt;b&gt;");
}
