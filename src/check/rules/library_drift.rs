//! Words of a framework that somebody typed in.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Kind;
use crate::source::Node;

use crate::check::statement::Statement;

pub(super) const RULE: Rule = Rule {
    code: "library-drift",
    severity: Severity::Error,
    finds: "words of a profile that are, or nearly are, a definition or an indicator of a framework of the organisation",
    why: "A framework is the same for every post. A copy stays behind when it changes.",
    sources: &["Practice of this project: frameworks stand in one file and are chosen from"],
    example: "a section with “Breaks down work issues, seeking more information if necessary”",
    counter_example: "competencies: {framework: competency-framework, select: [{id: problem-solving, level: 1}]}",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let figure = |name: &str| sheet.limit(name) as usize;
    let (likeness, least, near) = (sheet.limit("likeness"), figure("least_words"), figure("near_words"));
    let frameworks: Vec<Passages<'_>> = scene.frameworks.iter().map(|node| Passages::of(node, Kind::Framework)).collect();
    let mut library = Vec::new();
    for framework in &frameworks {
        let own = framework.all.iter().filter(|passage| passage.place == Place::Competency && passage.field.starts_with("competencies["));
        library.extend(own.flat_map(|passage| Statement::of(passage, least)).map(|statement| (framework.root, statement)));
    }
    for passage in scene.passages().iter().filter(|passage| !matches!(passage.place, Place::Title | Place::Heading)) {
        let twin = Statement::of(passage, least).find_map(|own| {
            let (root, statement, like) =
                library.iter().find_map(|(root, statement)| Some((*root, statement, own.likeness(statement, likeness)?)))?;
            // Few words may be alike by chance.
            (like >= 1.0 || own.count() >= near).then_some((own.range, root, statement, like))
        });
        if let Some((range, root, statement, like)) = twin {
            let (name, id) = (named(root, statement, "name"), named(root, statement, "id"));
            let nearly = if like < 1.0 { "nearly " } else { "" };
            let finding = found.words(passage, range, format!("these are {nearly}the words of the framework’s “{name}”"));
            finding.labels.push((statement.passage.node.locate(statement.range.clone()), "the framework’s words".to_owned()));
            finding.hints.push(format!("choose `{id}` under `competencies.select` in place of them"));
        }
    }
}

/// A field of the competency that a statement belongs to.
fn named<'a>(framework: &'a Node, statement: &Statement<'_, '_>, field: &str) -> &'a str {
    let competency = statement.passage.field.split_once(']').map_or("", |(competency, _)| competency);
    framework.at_path(&format!("{competency}].{field}")).and_then(Node::as_text).unwrap_or_default()
}
