//! The files that stand in a question beside the texts that show them.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Element, question};
use crate::assessment::qti::unescaped;

/// Where a text says that a file is one of its own.
pub(super) const OWN_FILE: &str = "@@PLUGINFILE@@/";

/// The files of a question in their order, each with what it stands in.
pub(super) fn files(it: &Element) -> impl Iterator<Item = (&Element, &Element)> {
    let below = it.below().into_iter();
    below.flat_map(|holder| holder.all("file").map(move |file| (holder, file)))
}

/// The files of a question by where they stand: pictures may be many, and each is
/// looked up once for each time that a text shows it.
pub(in crate::assessment) struct Files {
    /// By the place in the document of what a file stands in, and its name there: the
    /// path under which it is asked for.
    paths: BTreeMap<(usize, String), String>,
}

impl Files {
    pub(super) fn of(it: &Element) -> Self {
        let mut paths = BTreeMap::new();
        for (index, (holder, file)) in files(it).enumerate() {
            let name = file.attribute("name").unwrap_or_default();
            let folder = file.attribute("path").unwrap_or("/").trim_start_matches('/');
            // Where it is, by number; its name is only what it may be called.
            let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
            paths
                .entry((holder.span.start, format!("{folder}{name}")))
                .or_insert_with(|| format!("{index}/{last}"));
        }
        Self { paths }
    }

    /// The path of a file that stands beside a text; any other address as it is.
    pub(super) fn path(&self, holder: &Element, address: &str) -> String {
        let found = address.strip_prefix(OWN_FILE).and_then(|wanted| {
            let wanted = wanted.split(['?', '#']).next().unwrap_or_default();
            let beside = |name: String| self.paths.get(&(holder.span.start, name));
            beside(wanted.to_owned()).or_else(|| beside(unescaped(wanted)?))
        });
        found.map_or_else(|| address.to_owned(), Clone::clone)
    }
}

/// The bytes of a file that stands in a question, by the path under which it was
/// asked for.
pub(in crate::assessment) fn embedded(root: &Element, path: &str) -> Option<Vec<u8>> {
    let (index, _) = path.split_once('/')?;
    let file = files(question(root).ok()?).nth(index.parse().ok()?)?.1;
    let is_encoded = file.attribute("encoding").is_none_or(|said| said == "base64");
    let text: String = file.text().split_whitespace().collect();
    is_encoded.then(|| STANDARD.decode(text).ok())?
}

/// Whether it is such a path, and no address that a text had.
#[must_use]
pub fn is_embedded(path: &str) -> bool {
    let index = path.split_once('/').map(|(index, _)| index);
    index.is_some_and(|index| !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()))
}
