//! Running text with things in it.

use serde::{Deserialize, Serialize};

/// Text with things in its lines: gaps, words to choose (QTI 3 §flow content).
/// The text is Markdown that stays within a line, and marks that begin in one
/// run end in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flow<T> {
    /// The paragraphs, each its runs from first to last.
    pub paragraphs: Vec<Vec<Run<T>>>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Run<T> {
    /// Markdown. White space at its ends counts.
    Text(String),
    /// What stands there instead of text.
    Part(T),
}

impl<T> Flow<T> {
    /// What stands in the text, in reading order.
    pub fn parts(&self) -> impl Iterator<Item = &T> {
        self.runs().filter_map(|run| match run {
            Run::Part(part) => Some(part),
            Run::Text(_) => None,
        })
    }

    /// The text between the parts, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.runs().filter_map(|run| match run {
            Run::Text(text) => Some(text.as_str()),
            Run::Part(_) => None,
        })
    }

    /// Reads the text as an author writes it: paragraphs apart by an empty line,
    /// and `[[name]]` where a part stands, which `part` makes from its name.
    pub fn read(text: &str, mut part: impl FnMut(&str) -> T) -> Self {
        let text = text.replace("\r\n", "\n");
        let paragraphs = text
            .split("\n\n")
            .map(|paragraph| paragraph.trim_matches('\n').replace('\n', " "));
        let mut runs = |paragraph: String| {
            let mut runs = Vec::new();
            let mut rest = paragraph.as_str();
            while let Some((before, name, after)) = first_mark(rest) {
                runs.extend((!before.is_empty()).then(|| Run::Text(before.to_owned())));
                runs.push(Run::Part(part(name)));
                rest = after;
            }
            runs.extend((!rest.is_empty()).then(|| Run::Text(rest.to_owned())));
            runs
        };
        Self {
            paragraphs: paragraphs
                .filter(|paragraph| !paragraph.trim().is_empty())
                .map(&mut runs)
                .collect(),
        }
    }

    /// The text as an author writes it, with the name that `name` gives each part.
    pub fn write(&self, mut name: impl FnMut(&T) -> String) -> String {
        let mut run = |run: &Run<T>| match run {
            Run::Text(text) => text.clone(),
            Run::Part(part) => format!("[[{}]]", name(part)),
        };
        let paragraphs = self.paragraphs.iter();
        let paragraphs: Vec<String> = paragraphs
            .map(|runs| runs.iter().map(&mut run).collect())
            .collect();
        paragraphs.join("\n\n")
    }

    /// The same text with something else in place of each part.
    pub(super) fn map<U>(&self, mut to: impl FnMut(&T) -> U) -> Flow<U> {
        let mut run = |run: &Run<T>| match run {
            Run::Text(text) => Run::Text(text.clone()),
            Run::Part(part) => Run::Part(to(part)),
        };
        let paragraphs = self.paragraphs.iter();
        Flow {
            paragraphs: paragraphs
                .map(|runs| runs.iter().map(&mut run).collect())
                .collect(),
        }
    }

    /// The same text with something else in place of each part; none if there is
    /// none for one of them.
    pub fn try_map<U>(&self, mut to: impl FnMut(&T) -> Option<U>) -> Option<Flow<U>> {
        let parts: Vec<U> = self.parts().map(&mut to).collect::<Option<_>>()?;
        let mut parts = parts.into_iter();
        let placed = self.map(|_| parts.next());
        let run = |run: Run<Option<U>>| match run {
            Run::Text(text) => Some(Run::Text(text)),
            Run::Part(part) => part.map(Run::Part),
        };
        let paragraphs = placed.paragraphs.into_iter();
        let paragraphs = paragraphs.map(|runs| runs.into_iter().map(run).collect());
        Some(Flow {
            paragraphs: paragraphs.collect::<Option<_>>()?,
        })
    }

    fn runs(&self) -> impl Iterator<Item = &Run<T>> {
        self.paragraphs.iter().flatten()
    }
}

/// The first `[[name]]` of a text, with what stands before and after it.
fn first_mark(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[[")?;
    let (name, after) = rest.split_once("]]")?;
    Some((before, name.trim(), after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Flow<String> {
        Flow::read(text, str::to_owned)
    }

    #[test]
    fn an_empty_line_parts_paragraphs_and_brackets_hold_parts() {
        let flow = read("One [[1]], two\r\nand [[ 2 ]].\n\n\n\n[[3]] [[four");
        assert_eq!(flow.parts().collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(flow.paragraphs.len(), 2);
        assert_eq!(
            flow.texts().collect::<Vec<_>>(),
            ["One ", ", two and ", ".", " [[four"]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(text in "([a-z \n]|\\[\\[|\\]\\]|[0-9]){0,60}") {
            let flow = read(&text);
            prop_assert_eq!(read(&flow.write(Clone::clone)), flow);
        }
    }
}
