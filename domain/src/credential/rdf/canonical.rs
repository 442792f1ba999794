//! RDF Dataset Canonicalization 1.0 (RDFC-1.0) with SHA-256.
//!
//! Credentials are trees in which hardly two blank nodes look alike, so the
//! first-degree hashes (§4.6) almost always name every node, and the costly
//! search among nodes that look alike (§4.8) starts only when they do not.

use std::collections::BTreeMap;

use super::dataset::{Dataset, Quad, Term};
use crate::credential::hash::{hex, sha256};

/// Work that the search among look-alike blank nodes may cost, in steps of
/// about a hash each. Honest graphs need a few dozen; a graph built to be slow
/// (§7.1) would take longer than anybody waits.
const WORK_LIMIT: usize = 200_000;
/// Labels that are copied in the time of a hash.
const COPIED_PER_STEP: usize = 32;

/// About the length of a line, in bytes.
const LINE: usize = 160;

/// The graph's blank nodes look so much alike that naming them would take too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document's unnamed nodes are too much alike to be told apart in reasonable time")]
pub struct PoisonGraph;

/// `dataset` as canonical N-Quads: equal for any two datasets that say the
/// same, however their blank nodes are labelled (§4.4).
pub fn canonicalize(dataset: &Dataset) -> Result<String, PoisonGraph> {
    let quads = distinct(dataset);
    let state = State::new(dataset, &quads);
    let labels = state.canonical_labels()?;
    Ok(write_sorted(dataset, quads.iter(), |out, blank| {
        out.push_str(&labels[blank as usize]);
    }))
}

/// The quads, each once: a dataset is a set, and one that counted twice would
/// change the hashes.
fn distinct(dataset: &Dataset) -> Vec<Quad> {
    // Any order brings equal quads together. Hardly two are alike in their blank
    // nodes and lengths, so that their text is seldom looked at.
    let outline = |quad: &Quad| {
        let terms = [
            Some(quad.subject.into()),
            Some(Term::Text(quad.predicate)),
            Some(quad.object.into()),
            quad.graph.map(Term::from),
        ];
        terms.map(|term| match term {
            None => 0,
            Some(Term::Blank(blank)) => u64::from(blank) * 2 + 1,
            Some(Term::Text(span)) => dataset.get(span).len() as u64 * 2 + 2,
        })
    };
    let text = |quad: &Quad| {
        [
            quad.subject.into(),
            Term::Text(quad.predicate),
            quad.object.into(),
            quad.graph.map_or(Term::Blank(0), Term::from),
        ]
        .map(|term| match term {
            Term::Blank(_) => "",
            Term::Text(span) => dataset.get(span),
        })
    };
    let mut quads: Vec<_> = dataset.quads().iter().map(|quad| (outline(quad), quad)).collect();
    quads.sort_unstable_by(|(one, quad), (other, against)| {
        one.cmp(other).then_with(|| text(quad).cmp(&text(against)))
    });
    quads.dedup_by(|(one, quad), (other, against)| one == other && text(quad) == text(against));
    quads.into_iter().map(|(_, quad)| *quad).collect()
}

/// The lines of `quads` in code point order, with `label` writing blank nodes.
fn write_sorted<'q>(
    dataset: &Dataset,
    quads: impl ExactSizeIterator<Item = &'q Quad>,
    label: impl Fn(&mut String, u32),
) -> String {
    let mut text = String::with_capacity(quads.len() * LINE);
    for quad in quads {
        write_quad(&mut text, dataset, *quad, &label);
    }
    // A line break inside a literal is escaped.
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.sort_unstable();
    lines.concat()
}

fn write_quad(out: &mut String, dataset: &Dataset, quad: Quad, label: &impl Fn(&mut String, u32)) {
    let write = |out: &mut String, term: Term| {
        match term {
            Term::Blank(blank) => label(out, blank),
            Term::Text(span) => out.push_str(dataset.get(span)),
        }
        out.push(' ');
    };
    write(out, quad.subject.into());
    out.push_str(dataset.get(quad.predicate));
    out.push(' ');
    write(out, quad.object.into());
    if let Some(graph) = quad.graph {
        write(out, graph.into());
    }
    out.push_str(".\n");
}

type Hash = [u8; 32];

/// Labels in the order in which they were given out (§4.5).
#[derive(Clone, Default)]
struct Issuer {
    order: Vec<u32>,
    labels: BTreeMap<u32, usize>,
}

impl Issuer {
    fn label(&self, blank: u32) -> Option<usize> {
        self.labels.get(&blank).copied()
    }

    fn issue(&mut self, blank: u32) -> usize {
        *self.labels.entry(blank).or_insert_with(|| {
            self.order.push(blank);
            self.order.len() - 1
        })
    }
}

/// The canonicalization state (§4.2).
struct State<'d> {
    dataset: &'d Dataset,
    quads: &'d [Quad],
    /// For each blank node, the quads that it stands in.
    mentions: Vec<Vec<u32>>,
    hashes: Vec<Hash>,
    canonical: Issuer,
    work: usize,
}

impl<'d> State<'d> {
    fn new(dataset: &'d Dataset, quads: &'d [Quad]) -> Self {
        let mut mentions = vec![Vec::new(); dataset.blanks() as usize];
        for (number, quad) in (0..).zip(quads) {
            for place in quad.places() {
                if let Some(Term::Blank(blank)) = place {
                    let mentions: &mut Vec<u32> = &mut mentions[blank as usize];
                    if mentions.last() != Some(&number) {
                        mentions.push(number);
                    }
                }
            }
        }
        let mut state = Self {
            dataset,
            quads,
            mentions,
            hashes: Vec::new(),
            canonical: Issuer::default(),
            work: 0,
        };
        state.hashes = (0..dataset.blanks())
            .map(|blank| state.hash_first_degree(blank))
            .collect();
        state
    }

    /// The canonical label of each blank node.
    fn canonical_labels(mut self) -> Result<Vec<String>, PoisonGraph> {
        let mut by_hash: Vec<(Hash, u32)> = self.hashes.iter().copied().zip(0..).collect();
        by_hash.sort_unstable();
        let alike: Vec<&[(Hash, u32)]> = by_hash.chunk_by(|one, other| one.0 == other.0).collect();
        for group in &alike {
            if let [(_, only)] = group {
                self.canonical.issue(*only);
            }
        }
        for group in alike.into_iter().filter(|group| group.len() > 1) {
            self.label_alike(group)?;
        }
        let labels = (0..self.dataset.blanks()).map(|blank| canonical(self.canonical.issue(blank)));
        Ok(labels.collect())
    }

    /// Labels blank nodes that share a first-degree hash (§4.4.3, step 5).
    fn label_alike(&mut self, group: &[(Hash, u32)]) -> Result<(), PoisonGraph> {
        let mut paths = Vec::new();
        for (_, blank) in group {
            if self.canonical.label(*blank).is_none() {
                let mut issuer = Issuer::default();
                issuer.issue(*blank);
                paths.push(self.hash_n_degree(*blank, issuer)?);
            }
        }
        paths.sort_by_key(|(hash, _)| *hash);
        for (_, issuer) in paths {
            for blank in issuer.order {
                self.canonical.issue(blank);
            }
        }
        Ok(())
    }

    /// What a blank node looks like from its own quads alone (§4.6).
    fn hash_first_degree(&self, blank: u32) -> Hash {
        let quads = self.mentions[blank as usize]
            .iter()
            .map(|quad| &self.quads[*quad as usize]);
        let lines = write_sorted(self.dataset, quads, |out, other| {
            out.push_str(if other == blank { "_:a" } else { "_:z" });
        });
        sha256(lines.as_bytes())
    }

    /// What a blank node looks like from another's quad (§4.7).
    fn hash_related(&self, related: u32, quad: Quad, issuer: &Issuer, place: char) -> Hash {
        let mut input = String::from(place);
        if place != 'g' {
            input.push_str(self.dataset.get(quad.predicate));
        }
        match self.label(related, issuer) {
            Some(label) => input.push_str(&label),
            None => input.push_str(&hex(&self.hashes[related as usize])),
        }
        sha256(input.as_bytes())
    }

    fn label(&self, blank: u32, issuer: &Issuer) -> Option<String> {
        let canonical = self.canonical.label(blank).map(canonical);
        canonical.or_else(|| issuer.label(blank).map(temporary))
    }

    /// What a blank node looks like from all that is reached from it: the
    /// least of the paths through its neighbours (§4.8).
    fn hash_n_degree(&mut self, blank: u32, mut issuer: Issuer) -> Result<(Hash, Issuer), PoisonGraph> {
        let mut data = String::new();
        for (hash, mut related) in self.related(blank, &issuer)? {
            data.push_str(&hex(&hash));
            related.sort_unstable();
            let mut chosen: Option<(String, Issuer)> = None;
            loop {
                let best = chosen.as_ref().map(|(path, _)| path.as_str());
                if let Some(better) = self.walk(&related, &issuer, best)? {
                    chosen = Some(better);
                }
                if !next_permutation(&mut related) {
                    break;
                }
            }
            if let Some((path, walked)) = chosen {
                data.push_str(&path);
                issuer = walked;
            }
        }
        Ok((sha256(data.as_bytes()), issuer))
    }

    /// The neighbours of a blank node, by what they look like from it.
    fn related(&mut self, blank: u32, issuer: &Issuer) -> Result<BTreeMap<Hash, Vec<u32>>, PoisonGraph> {
        self.charge(self.mentions[blank as usize].len())?;
        let mut related: BTreeMap<Hash, Vec<u32>> = BTreeMap::new();
        for quad in &self.mentions[blank as usize] {
            let quad = self.quads[*quad as usize];
            for (place, name) in quad.places().into_iter().zip(['s', 'o', 'g']) {
                if let Some(Term::Blank(other)) = place
                    && other != blank
                {
                    related
                        .entry(self.hash_related(other, quad, issuer, name))
                        .or_default()
                        .push(other);
                }
            }
        }
        Ok(related)
    }

    /// The path through `related` in this order, unless it is certain to be
    /// greater than `best` (§4.8.3, step 5.4).
    fn walk(
        &mut self,
        related: &[u32],
        issuer: &Issuer,
        best: Option<&str>,
    ) -> Result<Option<(String, Issuer)>, PoisonGraph> {
        self.charge(related.len() + issuer.order.len() / COPIED_PER_STEP)?;
        let worse = |path: &str| best.is_some_and(|best| path.len() >= best.len() && path > best);
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut unlabelled = Vec::new();
        for blank in related {
            if let Some(label) = self.label(*blank, &issuer) {
                path.push_str(&label);
            } else {
                unlabelled.push(*blank);
                path.push_str(&temporary(issuer.issue(*blank)));
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        for blank in unlabelled {
            let label = issuer.issue(blank);
            let (hash, walked) = self.hash_n_degree(blank, issuer)?;
            path.extend([temporary(label), "<".to_owned(), hex(&hash), ">".to_owned()]);
            issuer = walked;
            if worse(&path) {
                return Ok(None);
            }
        }
        let better = best.is_none_or(|best| path.as_str() < best);
        Ok(better.then_some((path, issuer)))
    }

    fn charge(&mut self, steps: usize) -> Result<(), PoisonGraph> {
        self.work += steps;
        if self.work > WORK_LIMIT {
            Err(PoisonGraph)
        } else {
            Ok(())
        }
    }
}

fn canonical(number: usize) -> String {
    format!("_:c14n{number}")
}

/// A label for as long as a path is walked.
fn temporary(number: usize) -> String {
    format!("_:b{number}")
}

/// The next order in lexicographic sequence; false after the last.
fn next_permutation(items: &mut [u32]) -> bool {
    let Some(pivot) = (1..items.len()).rev().find(|at| items[at - 1] < items[*at]) else {
        return false;
    };
    let swap = (pivot..items.len())
        .rev()
        .find(|at| items[*at] > items[pivot - 1])
        .unwrap_or(pivot);
    items.swap(pivot - 1, swap);
    items[pivot..].reverse();
    true
}
