//! What the pages look like: each pack's pages on one sheet, held against the sheet that somebody last looked at.
//!
//! `JOBPACK_BLESS=1 cargo test --test it pictures` keeps the new sheets under `tests/pictures/`. A sheet that differs is
//! written to `target/pictures/`, beside its reference.

use std::path::{Path, PathBuf};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderCache, RenderSettings, render};
use image::{GenericImage, Rgb, RgbImage};

use crate::packs;
use crate::project::repository;

/// Pixels for a point of a page: a sheet of A4 is 178 pixels wide, so that a reader of the sheet sees the layout and
/// reads the headings.
const SCALE: f32 = 0.3;
/// Pages side by side.
const COLUMNS: u32 = 6;
const GAP: u32 = 6;
/// Levels, of 255, by which a channel may differ before a pixel counts as another.
const LEVELS: u8 = 48;
/// Pixels of a sheet that may be another: less than a changed word makes.
const OTHERS: usize = 40;

/// The pages of a PDF as pictures.
fn pages(path: &Path) -> Vec<RgbImage> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let pdf = Pdf::new(bytes).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
    let (cache, interpreter) = (RenderCache::new(), InterpreterSettings::default());
    let settings = RenderSettings { x_scale: SCALE, y_scale: SCALE, ..RenderSettings::default() };
    let picture = |page| {
        let pixels = render(page, &cache, &interpreter, &settings);
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        // On white paper.
        let on_white = |rgba: &[u8]| {
            let rest = 255 - rgba[3];
            [rgba[0].saturating_add(rest), rgba[1].saturating_add(rest), rgba[2].saturating_add(rest)]
        };
        let rgb: Vec<u8> = pixels.data_as_u8_slice().chunks_exact(4).flat_map(on_white).collect();
        RgbImage::from_raw(width, height, rgb).expect("three bytes a pixel")
    };
    pdf.pages().iter().map(picture).collect()
}

/// Pictures in rows on one sheet.
fn sheet(pages: &[RgbImage]) -> RgbImage {
    let width = pages.iter().map(RgbImage::width).max().unwrap_or(1);
    let height = pages.iter().map(RgbImage::height).max().unwrap_or(1);
    let count = u32::try_from(pages.len()).expect("a pack has few pages");
    let (columns, rows) = (count.clamp(1, COLUMNS), count.div_ceil(COLUMNS));
    let mut sheet = RgbImage::from_pixel(GAP + columns * (width + GAP), GAP + rows * (height + GAP), Rgb([120, 120, 120]));
    for (at, page) in (0_u32..).zip(pages) {
        let (column, row) = (at % COLUMNS, at / COLUMNS);
        sheet.copy_from(page, GAP + column * (width + GAP), GAP + row * (height + GAP)).expect("it has room");
    }
    sheet
}

/// How many pixels are another; all of them if the sheets differ in size.
fn difference(one: &RgbImage, other: &RgbImage) -> usize {
    if one.dimensions() != other.dimensions() {
        return one.pixels().len().max(other.pixels().len());
    }
    let differs = |(a, b): &(&Rgb<u8>, &Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > LEVELS);
    one.pixels().zip(other.pixels()).filter(differs).count()
}

/// Share of the pixels of a screen that may be another, in hundredths: browsers draw letters and boxes a little differently,
/// and a time of day is on some screens.
const OF_A_SCREEN: usize = 2;

/// Whether a picture of a screen is as the one that was kept, at half its size; with `JOBPACK_BLESS=1` it is kept.
pub fn same_picture(kept: &Path, now: &Path) -> bool {
    let shot = image::open(now).unwrap_or_else(|error| panic!("{}: {error}", now.display()));
    let now = shot.resize(shot.width() / 2, shot.height() / 2, image::imageops::FilterType::Triangle).into_rgb8();
    if std::env::var_os("JOBPACK_BLESS").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder is made");
        now.save(kept).expect("a picture is written");
        return true;
    }
    let kept = image::open(kept).map(image::DynamicImage::into_rgb8);
    kept.is_ok_and(|kept| difference(&kept, &now) * 100 <= now.pixels().len() * OF_A_SCREEN)
}

/// The sheets of all packs: job pack, then advert, by the path of their reference.
fn sheets() -> Vec<(PathBuf, RgbImage)> {
    let job_packs = packs::files("-job-pack.pdf");
    let one = |path: &PathBuf| {
        let mut all = pages(path);
        let advert = path.to_string_lossy().replace("-job-pack.pdf", "-advert.pdf");
        if Path::new(&advert).is_file() {
            all.extend(pages(Path::new(&advert)));
        }
        let folder = path.parent().expect("a file is in a folder");
        let pack = folder.strip_prefix(&packs::built().out).expect("it was built there");
        (repository().join("tests/pictures").join(pack).with_extension("png"), sheet(&all))
    };
    job_packs.iter().map(one).collect()
}

#[test]
fn every_page_looks_as_it_did_when_somebody_last_looked() {
    let bless = std::env::var_os("JOBPACK_BLESS").is_some_and(|value| value == "1");
    let mut faults = Vec::new();
    for (reference, now) in sheets() {
        let save = |path: &Path| {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            now.save(path).expect("a picture is written");
        };
        if bless {
            save(&reference);
            continue;
        }
        let old = image::open(&reference).map(image::DynamicImage::into_rgb8);
        let differs = old.as_ref().map_or(usize::MAX, |old| difference(old, &now));
        if differs > OTHERS {
            let pack = reference.strip_prefix(repository().join("tests/pictures")).expect("it is there").to_owned();
            let place = repository().join("target/pictures").join(&pack);
            save(&place);
            faults.push(format!("{}: {differs} pixels are another; now: {}", pack.display(), place.display()));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n\nIf that is meant: JOBPACK_BLESS=1 cargo test --test it pictures, look at tests/pictures/, and say why in the commit",
        faults.join("\n")
    );
}

#[test]
fn a_changed_page_is_seen() {
    let page = RgbImage::from_pixel(178, 252, Rgb([255, 255, 255]));
    let mut marked = page.clone();
    // A word of eight letters.
    for at in 0..60 {
        marked.put_pixel(at, 20, Rgb([20, 20, 90]));
    }
    assert_eq!(difference(&sheet(std::slice::from_ref(&page)), &sheet(std::slice::from_ref(&page))), 0);
    assert!(difference(&sheet(std::slice::from_ref(&page)), &sheet(&[marked])) > OTHERS);
    assert!(difference(&sheet(std::slice::from_ref(&page)), &sheet(&[page.clone(), page])) > 50_000);
}
