//! jobpack turns the words of a vacancy, written as YAML, into a branded and accessible *job pack*: PDF, Word file, web
//! page and zip. The words live in `profiles/`, the look in `templates/`: Tera for the words, Typst for the look.
//!
//! # The path of the data
//!
//! The modules below stand in reading order, and a stage uses only the stages before it.
//!
//! ```text
//! YAML -> spanned tree -> Profile, Organisation, Framework, Vacancy    every value knows its file, line and column
//!      -> Pack                layers merged, provenance kept, clauses worded by Tera, reduced to blocks of a view
//!      -> Document            one view as JSON, for one layout
//!      -> PagedDocument       Typst, pages         -> PDF
//!      -> Tree                Typst, html target   -> web page, Word, plain text
//!      -> Bundle              manifest, zip, folder
//! ```
//!
//! * [`diagnostic`]: one shape for everything that is wrong, for people and for machines.
//! * [`source`]: YAML as text with places; limits first, then a tree, then *all* faults against a JSON Schema.
//! * [`profile`]: what people write, as types that are the schema.
//! * [`project`]: a folder as it was read, with the files of the program behind it.
//! * [`brand`]: `_brand.yml`, resolved.
//! * [`wording`]: Tera, checked: no path that isn't there, no empty print, no data as code.
//! * [`layout`]: a layout's manifest and prose pages, found by name. Nothing here knows the name of one.
//! * [`pack`]: the layers of a pack on top of each other, worded, as blocks that a layout draws.
//! * [`check`]: rules about the words, a file for each; what a specialist of recruitment would catch.
//! * [`typeset`]: the Typst world, which sees the templates, the view and the brand, and nothing else.
//! * [`document`]: composing a view; the semantic tree; the HTML, WordprocessingML and plain-text writers; a vacancy as
//!   data for search engines.
//! * [`bundle`]: manifest, zip, safe publication.
//! * [`cache`]: what was made before, by the digest of what it was made from.
//! * [`build`]: the whole path for one pack, and for many on all cores.
//! * [`rebuild`]: only what has changed, and why.
//! * [`server`] and [`cli`]: the two ways in. Neither knows the other, and only the command line prints.
//!
//! # What always holds
//!
//! * **Data is never code.** Text of a profile, vacancy, framework or brand is never read as Tera or Typst; layouts get it
//!   as JSON strings. `organisation.yaml` and `templates/` are code of the project.
//! * **One layout, every format.** Word, web and plain text are written from one semantic tree, and the words of that tree are held
//!   against the words of the PDF's pages on every build; each word of these stands on its sheet.
//! * **All faults at once, each where it is.** Nothing stops at the first fault of a file, nothing is flattened to a string.
//! * **Unknown is not none is not absent.** Nothing is guessed and nothing is invented: a lost mark prints as "Not stated",
//!   a missing level of a framework stops the build.
//! * **Same input, same bytes.** No clock, no random number, no file time goes into an output.
//! * **All or nothing.** A pack with a fault writes no file; the last good ones stay. So they do when the disk is full.
//! * **One build a folder.** A build holds a lock on its output folder, which the system frees when the process ends.
//! * **Building again is building anew.** What comes out is what a clean build makes, byte for byte, whatever was edited, damaged or
//!   killed before; only the time differs.
//! * **No network.** Packages and remote fonts are refused with a word on what to do.
//! * **Nobody waits for somebody else's text.** What is posted is made in processes with limits of time and memory; one that
//!   overruns is ended, and only its own request fails.
//!
//! # Decisions worth knowing
//!
//! * An input ([`project::Inputs`]) is what was read, by name, with the digest of what it said: YAML by its values, so that a comment
//!   changes nothing; each clause of an organisation on its own; a file that would be read in place of another, if it were there, as
//!   absent. What no input of a pack is about (a clause that nobody prints) can still keep it from being built: so whenever a
//!   template or an organisation's file is another, every layout and brand is loaded once.
//! * What was made is remembered in three ways, each a hint that is checked: an index of marks for each output folder, the last
//!   versions of each pack, the last versions of each document ([`rebuild`]). Objects of the [`cache`] are other names of the files
//!   in the output folder: they take no room, and who writes into one damages an object that its digest no longer fits.
//! * Profiles and vacancies are read when a pack asks for them, and a build keeps few: memory doesn't grow with their number.
//! * Typst asks for its target through `sys.inputs.target` (`paged` or `tree`), one library each, so that components need
//!   no `context` and stay cheap.
//! * Layers are merged as trees, not as typed values, because a value must remember where it came from; the merged tree is
//!   checked against the same schema as the files, then typed.
//! * Facts tables have a header row, although their first column already names each row: Word's accessibility check, and
//!   the readers that follow it, ask for one.
//! * Compiling threads do not sync files. They hand finished packs to one thread, which syncs and renames them in
//!   batches; [`bundle::publish`] says what a crash can lose.
//! * A variant (large print, high contrast ...) is a fragment of a brand, laid over the organisation's by the one rule of
//!   merging before the brand is read. So PDF, Word and web follow from one value, and no layout knows of variants.
//! * A tree is localised as soon as it is read ([`source::localise`]): everything after it sees one language, and a pack
//!   in two languages is made from two readings of the same files.
//! * A document is for candidates or for the panel ([`layout::Audience`]). What is for the panel is in no view, file, zip or
//!   manifest for candidates; its labels begin with `panel_`.
//! * Statements are sections of a page with a condition each, in the manifest of a layout: an organisation's clause wins
//!   over the layout's words, and the order is data.
//! * A page may be for long documents only (`over`): the pages are counted, and a wrong guess is typeset again.
//! * A document may have its sheets counted (`sheets`): it is typeset more and more closely until it fits, and a warning
//!   says if it never does. Word, where nobody counts, takes the closest setting. Any other that would end with a page of
//!   two lines is set a little more closely, if that brings them onto the page before.
//! * Word begins a page with each part that begins one in the PDF, and has the spaces of the pages, so that the page numbers
//!   of its contents list hold.
//! * A motif is one SVG in `currentColor`, of a layout or a brand, dressed in shades of the brand for every format.
//! * What the files of an organisation say that no pack uses (a clause, a label) is a warning, once an organisation.
//! * A PDF is written anew with its objects in streams: the tag tree of an accessible file is half of its size.
//! * An answer over HTTP is tagged with the digest of the bytes that are sent: plain and compressed, each made once, are two
//!   answers. A part of a file is never compressed.
//! * The pages for people (`server::preview`) are drawn on the server and work without a script; the script only replaces pages
//!   that look different, by the hash of what Typst drew, and draws those that are near what one sees.
//! * Two versions of a document are compared by what Typst drew, piece by piece ([`build::compare`]), not by their pixels: what
//!   only moved is told from what is new, and no threshold has to be chosen.
//! * What was approved is a copy of the inputs ([`project::snapshot`]), not of the outputs: any document, variant and layout of
//!   it can be made again and compared, and a second approval costs what has changed since. Another version of the program
//!   draws it anew, and says so.
//! * A file is saved by exchanging names and looking at what was replaced ([`project::save`]), so that who saves last never
//!   wins over somebody else unseen.
//! * A browser that has shown the token gets a cookie that stands for it and is good for nothing else; what changes anything asks
//!   where a request comes from.
//! * The description of the API is made from the handlers, and programs that know only it (schemathesis, a generated client)
//!   are tests.
//! * Which colours stand on which is one table, [`brand::PAIRS`]; a brand with two that can't be told apart is refused.
//! * Only fonts of the brand are used, and every character is looked up in them before anything is typeset, so that the
//!   verdict is the same for every format and points at a line of YAML.

pub mod diagnostic;

pub mod source;

pub mod profile;

pub mod project;

pub mod brand;

pub mod wording;

pub mod layout;

pub mod pack;

pub mod typeset;

pub mod document;

pub mod bundle;
pub mod cache;

pub mod build;
pub mod rebuild;

pub mod server;

pub mod check;
pub mod cli;
