//! Statements that say what another one says.

use crate::check::found::Found;
use crate::check::passage::Place;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::statement::Statement;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duplicate-statement",
    severity: Severity::Warning,
    finds: "statements that nearly say what another one in the pack says, standard words included",
    why: "Whoever reads the same twice looks for the difference, and of two copies only one is kept up to date.",
    sources: &["Department for Education, advice on job adverts for teachers: is there duplicate information"],
    example: "Keep appropriate records of all students’ work. ... Keep appropriate records of all the students’ work.",
    counter_example: "Teach the pupils of Year 7. ... Teach the pupils of Year 8.",
    look: Look::Pack(look),
};

/// Names and facts are repeated on purpose.
const PLACES: [Place; 4] = [Place::Purpose, Place::Duty, Place::Criterion, Place::Words];

/// Statements that are held against each other word by word, at most.
const MOST: usize = 1000;

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let (limit, least) = (sheet.limit("likeness"), sheet.limit("least_words") as usize);
    let mut seen: Vec<Statement<'_, '_>> = Vec::new();
    for passage in scene.passages().iter().filter(|passage| PLACES.contains(&passage.place)) {
        let own: Vec<_> = Statement::of(passage, least).collect();
        // To hold thousands against each other takes long, and no real pack has so many.
        let limit = if seen.len() < MOST { limit } else { 1.0 };
        let alike = |one: &Statement<'_, '_>, other: &Statement<'_, '_>| if one.plain == other.plain { Some(1.0) } else if limit < 1.0 { one.likeness(other, limit) } else { None };
        let twin = own.iter().find_map(|statement| seen.iter().find_map(|earlier| Some((statement, earlier, alike(statement, earlier)?))));
        if let Some((statement, earlier, likeness)) = twin {
            let nearly = if likeness < 1.0 { "nearly " } else { "" };
            let message = format!("this says {nearly}the same as `{}`", earlier.passage.field);
            let finding = found.words(passage, statement.range.clone(), message);
            finding.labels.push((earlier.passage.node.locate(earlier.range.clone()), "said here too".to_owned()));
            finding.hints.push("keep one of the two, or say in each what is different".to_owned());
        }
        seen.extend(own);
    }
}
