//! Whether the file of a logo is a picture that every format can show, asked before anything is typeset, so that the
//! fault is where the brand names the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::{tiny_skia, usvg};

use super::svg;
use crate::brand::dressed;
use crate::diagnostic::Diagnostic;

/// Longest side of a PNG, in pixels: two sheets of A4 at 300 dots per inch.
const MAX_SIDE: u32 = 5000;
/// Longest side of an SVG, in its own pixels of 1/96 inch: 2.6 m, so that a poster still is a picture.
const MAX_DRAWN: f32 = 10_000.0;
/// How many times longer than wide an SVG may be: more is a line, and no place of a document holds it.
const MAX_RATIO: f32 = 50.0;

/// Checks the bytes of the picture at `path`.
pub(super) fn check(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    match path.to_ascii_lowercase().rsplit_once('.') {
        Some((_, "svg")) => drawing(path, bytes),
        Some((_, "png")) => png(path, bytes),
        _ => Err(not_a_picture(path, "its name ends neither in `.svg` nor in `.png`")),
    }
}

fn not_a_picture(path: &str, why: &str) -> Diagnostic {
    let fault = Diagnostic::error("not-a-picture", format!("`{path}` is not a picture that can be used: {why}"));
    fault.hint("use an SVG or PNG file, as the program that drew the logo exports it")
}

/// An SVG: first what it says, then whether it can be drawn.
fn drawing(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let refused = |why: &str| not_a_picture(path, why).hint("export it as plain SVG: shapes only, text as outlines");
    svg::check(bytes).map_err(|why| refused(&why))?;
    let reaches_out = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&reaches_out);
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(move |_, _| {
        seen.store(true, Ordering::Relaxed);
        None
    });
    let tree = usvg::Tree::from_data(bytes, &options).map_err(|error| not_a_picture(path, &error.to_string()))?;
    if reaches_out.load(Ordering::Relaxed) {
        return Err(refused("it refers to another file, and nothing is fetched"));
    }
    let (width, height) = (tree.size().width(), tree.size().height());
    if width.max(height) > MAX_DRAWN || width.max(height) > MAX_RATIO * width.min(height) {
        return Err(refused(&format!("it is {width} by {height} pixels")));
    }
    let mut pixels = 0;
    rasters(path, tree.root(), &mut pixels)
}

/// A colour that no motif has of its own.
const STAND_IN: (u8, u8, u8) = (1, 2, 3);

/// Demands of a motif that all its shapes take the colour of the brand: words over others might not be read.
pub(super) fn motif(path: &str, svg: &str) -> Result<(), Diagnostic> {
    let (red, green, blue) = STAND_IN;
    let dressed = dressed(svg, &format!("#{red:02X}{green:02X}{blue:02X}"));
    let tree = usvg::Tree::from_data(dressed.as_bytes(), &usvg::Options::default()).map_err(|error| not_a_picture(path, &error.to_string()))?;
    if plain(tree.root()) {
        return Ok(());
    }
    let fault = Diagnostic::error("motif-colour", format!("`{path}` has a colour of its own, and words stand over a motif"));
    Err(fault.hint("write `currentColor` for every `fill` and `stroke`: shapes without a `fill` are black"))
}

fn plain(group: &usvg::Group) -> bool {
    let own = |paint: &usvg::Paint| !matches!(paint, usvg::Paint::Color(color) if (color.red, color.green, color.blue) == STAND_IN);
    group.children().iter().all(|node| match node {
        usvg::Node::Group(inner) => plain(inner),
        usvg::Node::Path(path) => {
            let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
            !paints.into_iter().flatten().any(own)
        }
        usvg::Node::Image(_) | usvg::Node::Text(_) => false,
    })
}

/// Demands that the pictures of pixels within an SVG are not too large, alone and all together.
fn rasters(path: &str, group: &usvg::Group, pixels: &mut u64) -> Result<(), Diagnostic> {
    let mut found = Ok(());
    for node in group.children() {
        match node {
            usvg::Node::Image(image) => {
                let size = image.size().to_int_size();
                *pixels += u64::from(size.width()) * u64::from(size.height());
                sides(path, size.width(), size.height())?;
                if *pixels > u64::from(MAX_SIDE).pow(2) {
                    return Err(too_large(format!("the pictures in `{path}` have {pixels} pixels together")));
                }
            }
            usvg::Node::Group(inner) => rasters(path, inner, pixels)?,
            _ => {}
        }
        // Masks and patterns.
        node.subroots(|inner| {
            if found.is_ok() {
                found = rasters(path, inner, pixels);
            }
        });
    }
    found
}

fn sides(path: &str, width: u32, height: u32) -> Result<(), Diagnostic> {
    if width.max(height) > MAX_SIDE {
        return Err(too_large(format!("`{path}` is {width} by {height} pixels")));
    }
    Ok(())
}

fn too_large(message: String) -> Diagnostic {
    let hint = format!("{MAX_SIDE} pixels on a side are the most, and 1000 are enough for print");
    Diagnostic::error("picture-too-large", message).hint(hint)
}

fn png(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    // The header chunk comes first and begins with width and height (ISO/IEC 15948, 11.2.2).
    let side = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    if let (Some(width), Some(height)) = (side(16), side(20))
        && bytes.starts_with(b"\x89PNG")
    {
        sides(path, width, height)?;
    }
    tiny_skia::Pixmap::decode_png(bytes).map(drop).map_err(|error| not_a_picture(path, &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[track_caller]
    fn refused(path: &str, bytes: &[u8], code: &str, words: &str) {
        let fault = check(path, bytes).unwrap_err();
        assert_eq!(fault.code, code, "{fault:?}");
        assert!(fault.message.contains(words) && !fault.hints.is_empty(), "{fault:?}");
    }

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">";
    const RECT: &str = "<rect width=\"9\" height=\"9\"/>";

    fn of(inner: &str) -> Vec<u8> {
        format!("{SVG}{inner}</svg>").into_bytes()
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        check("a.SVG", &of("<rect width=\"9\" height=\"9\"/>")).unwrap();
        refused("a.svg", b"", "not-a-picture", "");
        refused("a.svg", SVG.as_bytes(), "not-a-picture", "");
        refused("a.svg", &of("<image width=\"9\" height=\"9\" href=\"/etc/hostname\"/>"), "not-a-picture", "refers to another");
        refused("a.jpg", b"\xFF\xD8\xFF", "not-a-picture", "neither");
        refused("a.png", &of(""), "not-a-picture", "");
        let mut header = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        header.extend([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0]);
        refused("a.png", &header, "picture-too-large", "30000 by 30000");
        header[18] = 0;
        header[22] = 0;
        refused("a.png", &header, "not-a-picture", "");
    }

    #[test]
    fn a_drawing_that_is_a_program_or_reaches_out_is_refused() {
        for (inner, words) in [
            ("<script>1</script>", "script"),
            ("<x:script/>", "script"),
            ("<rect onclick=\"1\"/>", "`onclick`"),
            ("<foreignObject><p>1</p></foreignObject>", "web page"),
            ("<filter id=\"a\"/>", "filter"),
            ("<rect filter=\"blur(9px)\"/>", "filter"),
            ("<rect style=\"fill:red; filter : blur(9px)\"/>", "filter"),
            ("<style>rect{filter/**/:blur(9px)}</style>", "filter"),
            ("<animate attributeName=\"href\"/>", "moves"),
            ("<a href=\"https://a.example\"/>", "another file"),
            ("<a x:href=\"javascript:1\"/>", "another file"),
            ("<use href=\"a.svg#b\"/>", "another file"),
            ("<rect fill=\"url(a.svg#b)\"/>", "another file"),
            ("<rect fill=\"u&#114;l(  'a.svg#b')\"/>", "another file"),
            ("<rect style=\"fill:URL(//a.example/b)\"/>", "another file"),
            ("<style>@import 'a.css';</style>", "`@import`"),
            ("<style>@im\\70ort 'a.css';</style>", "escapes"),
            ("<style><![CDATA[rect{fill:url(a.svg)}]]></style>", "another file"),
            ("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "neither PNG nor JPEG"),
            ("<g xml:base=\"https://a.example/\"/>", "xml:base"),
        ] {
            refused("a.svg", &of(inner), "not-a-picture", words);
        }
        let before = |head: &str| [head.as_bytes(), &of(RECT)].concat();
        refused("a.svg", &before("<!DOCTYPE svg [<!ENTITY a \"b\">]>"), "not-a-picture", "entities");
        refused("a.svg", &before("<?xml-stylesheet href=\"a.css\"?>"), "not-a-picture", "style sheet");
    }

    #[test]
    fn a_drawing_that_multiplies_itself_is_refused_before_it_is_drawn() {
        let doubled = |attribute: fn(usize) -> String| {
            let level = |at: usize| format!("<g id=\"g{at}\">{}</g>", attribute(at + 1).repeat(10));
            (0..9).map(level).collect::<String>() + "<g id=\"g9\"><rect width=\"9\" height=\"9\"/></g>"
        };
        refused("a.svg", &of(&RECT.repeat(5000)), "not-a-picture", "more than 5000 elements");
        refused("a.svg", &of(&"<g>".repeat(300)), "not-a-picture", "deep");
        refused("a.svg", &of(&doubled(|to| format!("<use href=\"#g{to}\"/>"))), "not-a-picture", "draw more than 5000");
        refused("a.svg", &of(&doubled(|to| format!("<g mask=\"url(#g{to})\"/>"))), "not-a-picture", "draw more than 5000");
        let ruled = "<style>.a{fill:red}.b,.a{mask:url(#m)}</style>".to_owned() + &"<g class=\"a\"/>".repeat(100);
        refused("a.svg", &of(&format!("{ruled}<mask id=\"m\">{}</mask>", RECT.repeat(60))), "not-a-picture", "draw more than 5000");
        check("a.svg", &of(&format!("{}<mask id=\"m\">{}</mask>", ruled.replace(".b,.a", ".b,.c"), RECT.repeat(60)))).unwrap();
        refused("a.svg", &of("<g id=\"a\"><use href=\"#a\"/></g>"), "not-a-picture", "within itself");
    }

    #[test]
    fn a_drawing_of_an_unlikely_size_is_refused() {
        let sized = |width, height| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>");
        refused("a.svg", sized(20_000, 20_000).as_bytes(), "not-a-picture", "20000 by 20000");
        refused("a.svg", sized(5000, 1).as_bytes(), "not-a-picture", "5000 by 1");
    }

    #[test]
    fn what_drawing_programs_write_is_let_through() {
        let gradients = "<linearGradient id=\"g\"><stop offset=\"0\"/><stop offset=\"1\"/></linearGradient>".to_owned();
        let classes = "<style type=\"text/css\">\n.st0{fill:url(#g);} .st1 > .st0{filter:none}\n</style>";
        let clip = "<clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#c)\" style=\"filter:none;fill:url('#g')\">";
        let many = "<rect class=\"st0\" width=\"9\" height=\"9\"/>".repeat(3000);
        check("a.svg", &of(&format!("{gradients}{classes}{clip}{many}<use x:href=\"#c\"/></g><a href=\"#g\"/>"))).unwrap();
        let before = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
        check("a.svg", &[before.as_bytes(), &of(RECT)].concat()).unwrap();
    }
}
