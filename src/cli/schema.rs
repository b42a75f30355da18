//! `jobpack schema`: JSON Schema of the files that people write.

use super::Stop;
use super::report::Terminal;
use crate::profile::{Kind, schema_of, translatable};

/// Print the JSON Schema of a kind of file
///
/// Editors use it to complete and check: put `# yaml-language-server: $schema=PATH` in the first line of a file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  jobpack schema profile > profile.json")]
pub(super) struct Args {
    /// Kind of file
    #[arg(value_enum)]
    kind: SchemaKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SchemaKind {
    Organisation,
    Framework,
    Profile,
    Vacancy,
    Layout,
    Variant,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let (layout, variant) = (crate::layout::schema(), crate::build::variant::schema());
    let schema = match args.kind {
        SchemaKind::Organisation => schema_of(Kind::Organisation),
        SchemaKind::Framework => schema_of(Kind::Framework),
        SchemaKind::Profile => schema_of(Kind::Profile),
        SchemaKind::Vacancy => schema_of(Kind::Vacancy),
        SchemaKind::Layout => &layout,
        SchemaKind::Variant => &variant,
    };
    terminal.json(&translatable(schema));
    Ok(0)
}
