//! The CSS of an SVG, as far as it matters before the picture is drawn: what it refers to, and for which elements.

/// CSS without comments, in lower case beside how it was written.
pub(super) struct Words {
    written: String,
    lower: String,
}

impl Words {
    /// The words of an attribute or of a piece of a style sheet.
    pub(super) fn of(text: &str) -> Self {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("/*") {
            written.push_str(before);
            rest = after.split_once("*/").map_or("", |(_, after)| after);
        }
        written.push_str(rest);
        Self { lower: written.to_ascii_lowercase(), written }
    }

    /// Ids that are referred to; the reason where that is another file, or where it is CSS that can't be followed.
    pub(super) fn refers(&self, style: bool) -> Result<Vec<String>, String> {
        if style {
            self.plain()?;
        }
        let mut ids = Vec::new();
        for (at, _) in self.lower.match_indices("url(") {
            let inner = self.written[at + 4..].split(')').next().unwrap_or_default();
            match inner.trim().trim_matches(['"', '\'']).trim().strip_prefix('#') {
                Some(id) => ids.push(id.to_owned()),
                None => return Err("it refers to another file, and nothing is fetched".to_owned()),
            }
        }
        Ok(ids)
    }

    fn plain(&self) -> Result<(), String> {
        for word in ["@import", "@font-face", "image-set(", "expression(", "src("] {
            if self.lower.contains(word) {
                return Err(format!("its style refers to another file (`{word}`)"));
            }
        }
        if self.lower.contains('\\') {
            return Err("its style is written with escapes".to_owned());
        }
        let filters = self.lower.split(['{', '}', ';']).filter_map(|one| one.split_once(':'));
        match filters.into_iter().find(|(name, value)| name.trim().ends_with("filter") && value.trim() != "none") {
            Some(_) => Err("it has a filter, which can take minutes to draw".to_owned()),
            None => Ok(()),
        }
    }
}

/// The style sheets of a file: which elements each rule may choose, and what is drawn for them.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Names of ids and classes, none where a rule may choose any element; and ids that the rule refers to.
    rules: Vec<(Option<Vec<String>>, Vec<String>)>,
}

impl Sheet {
    /// Adds a style sheet.
    pub(super) fn add(&mut self, text: &str) -> Result<(), String> {
        let words = Words::of(text);
        words.refers(true)?;
        for rule in words.written.split('}') {
            let (selectors, body) = rule.rsplit_once('{').unwrap_or(("", rule));
            let refers = Words::of(body).refers(true)?;
            if !refers.is_empty() {
                self.rules.push((chosen(selectors), refers));
            }
        }
        Ok(())
    }

    /// Ids that rules refer to for an element with these ids and classes.
    pub(super) fn drawn_for(&self, names: &[String]) -> Vec<String> {
        let chooses = |chosen: &Option<Vec<String>>| chosen.as_ref().is_none_or(|chosen| chosen.iter().any(|name| names.contains(name)));
        self.rules.iter().filter(|(chosen, _)| chooses(chosen)).flat_map(|(_, refers)| refers.iter().cloned()).collect()
    }
}

/// Names of classes and ids in selectors; none where one of them has no such name.
fn chosen(selectors: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for selector in selectors.split(',') {
        let pieces = selector.split_inclusive(['.', '#', ' ', '>', '+', '~', ':', '[', ']', '\n', '\t']);
        let (mut named, mut begins) = (false, false);
        for piece in pieces {
            let name = piece.trim_end_matches(['.', '#', ' ', '>', '+', '~', ':', '[', ']', '\n', '\t']);
            if begins && !name.is_empty() {
                all.push(name.to_owned());
                named = true;
            }
            begins = piece.ends_with(['.', '#']);
        }
        if !named {
            return None;
        }
    }
    Some(all)
}
