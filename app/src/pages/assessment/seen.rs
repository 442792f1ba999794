//! Which answer a page showed. A page that was opened long ago and on which
//! nothing was changed has nothing to say: what it sends must not take the place
//! of an answer that was given elsewhere since.

use std::hash::{DefaultHasher, Hash, Hasher};

use service::assessment::attempt::Sheet;

/// What tells one answer from another, whichever way browsers write it.
pub(super) fn digest(fields: &[(String, String)]) -> String {
    let mut said: Vec<(&str, String)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.replace("\r\n", "\n")))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    said.sort();
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// For each question on the page, the answer that is stored.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen(Vec<(usize, String)>);

impl Seen {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let seen =
            |question: &service::assessment::attempt::Question| (question.position, digest(&question.fields));
        Self(sheet.questions.iter().map(seen).collect())
    }

    pub(super) fn at(&self, position: usize) -> String {
        let found = self.0.iter().find(|(at, _)| *at == position);
        found.map(|(_, digest)| digest.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest_of(fields: &[(&str, &str)]) -> String {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        digest(&fields)
    }

    #[test]
    fn an_answer_is_known_again_however_it_was_sent() {
        let shown = digest_of(&[("r.1", "two\nlines"), ("r.2", "b"), ("r.2", "a")]);
        let sent = digest_of(&[("r.2", "a"), ("r.1", "two\r\nlines"), ("r.2", "b"), ("r.3", "")]);
        assert_eq!(shown, sent);
        assert_ne!(shown, digest_of(&[("r.1", "two\nlines"), ("r.2", "b")]));
        assert_eq!(digest_of(&[]), digest_of(&[("r.1", "")]));
    }
}
