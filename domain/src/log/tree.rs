//! The Merkle tree (RFC 6962 §2.1), worked out from the hashes that tiles hold.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// SHA-256 of a leaf or of a node.
pub type Hash = [u8; 32];

/// So many levels of the tree one tile spans.
pub(super) const HEIGHT: u32 = 8;

/// A hash that is kept: of 256 to the power of `level` leaves, beginning with the
/// `position`-th such run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stored {
    /// The level of the tile that it stands in; leaves are at 0.
    pub level: u8,
    /// Its place in the level, from 0.
    pub position: u64,
}

/// The way to the hashes that are kept. None for one that is not there.
pub type Lookup<'a> = dyn FnMut(Stored) -> Option<Hash> + 'a;

/// The hash of an entry.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(entry)
        .finalize()
        .into()
}

/// The hash of two that stand side by side.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root of the tree of the first `size` leaves. None if a hash is not there.
pub fn root(size: u64, stored: &mut Lookup<'_>) -> Option<Hash> {
    match size {
        0 => Some(Sha256::digest([]).into()),
        _ => range(0, size, stored),
    }
}

/// What shows that the leaf at `index` is in the tree of the first `size` leaves
/// (§2.1.1). None if it is not, or a hash is not there.
pub fn inclusion(index: u64, size: u64, stored: &mut Lookup<'_>) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut low, mut high) = (0, size);
    let mut siblings = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            siblings.push(range(middle, high, stored)?);
            high = middle;
        } else {
            siblings.push(range(low, middle, stored)?);
            low = middle;
        }
    }
    siblings.reverse();
    Some(siblings)
}

/// What shows that the tree of the first `new` leaves begins with that of the
/// first `old` (§2.1.2). None if it does not, or a hash is not there.
///
/// No page asks for it: whoever watches a log works it out from the tiles that are
/// served. It stands here with [`continues`] as the statement of what the log
/// promises, and the tests hold the tree to it.
pub fn consistency(old: u64, new: u64, stored: &mut Lookup<'_>) -> Option<Vec<Hash>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let (mut low, mut high) = (0, new);
    let mut siblings = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            siblings.push(range(middle, high, stored)?);
            high = middle;
        } else {
            siblings.push(range(low, middle, stored)?);
            low = middle;
        }
    }
    // Of the old tree itself whoever checks has the root.
    if low > 0 {
        siblings.push(range(low, high, stored)?);
    }
    siblings.reverse();
    Some(siblings)
}

/// Whether `proof` shows that a leaf with this hash stands at `index` in the tree
/// of `size` leaves with this `root` (RFC 9162 §2.1.3.2).
#[must_use]
pub fn includes(root: &Hash, size: u64, index: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `new` leaves begins with that of `old`
/// (RFC 9162 §2.1.4.2); each with its root.
#[must_use]
pub fn continues(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old, old_root), (new, new_root)) = (old, new);
    if old > new {
        return false;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == Hash::from(Sha256::digest([]));
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    let whole = old.is_power_of_two().then_some(old_root);
    let mut path = whole.into_iter().chain(proof);
    let Some(first) = path.next() else {
        return false;
    };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            before = node_hash(sibling, &before);
            after = node_hash(sibling, &after);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            after = node_hash(&after, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && before == *old_root && after == *new_root
}

/// The hashes above the leaves that are to be kept once a tree of `old` leaves
/// has grown to `new`, each after those below it.
#[must_use]
pub fn completed(old: u64, new: u64) -> Vec<Stored> {
    let mut found = Vec::new();
    for level in 1..=7_u8 {
        let shift = u32::from(level) * HEIGHT;
        found.extend((old >> shift..new >> shift).map(|position| Stored { level, position }));
    }
    found
}

/// The hash at `place`, which stands above the leaves, from the 256 below it.
pub fn roll_up(place: Stored, stored: &mut Lookup<'_>) -> Option<Hash> {
    let below = place.level.checked_sub(1)?;
    let first = place.position << HEIGHT;
    whole_of(HEIGHT, &mut |offset| {
        stored(Stored {
            level: below,
            position: first + offset,
        })
    })
}

/// The hashes that `work` asks for.
pub fn needed(work: impl FnOnce(&mut Lookup<'_>)) -> BTreeSet<Stored> {
    let mut asked = BTreeSet::new();
    work(&mut |place| {
        asked.insert(place);
        Some([0; 32])
    });
    asked
}

/// The largest power of two that is less than `count`, of at least two.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The root of the leaves from `low` up to `high`: a run that this tree is built of.
fn range(low: u64, high: u64, stored: &mut Lookup<'_>) -> Option<Hash> {
    let count = high - low;
    if count.is_power_of_two() {
        return full(count.trailing_zeros(), low, stored);
    }
    let middle = low + split(count);
    let left = range(low, middle, stored)?;
    Some(node_hash(&left, &range(middle, high, stored)?))
}

/// The root of the 2 to the power of `height` leaves from `low`.
fn full(height: u32, low: u64, stored: &mut Lookup<'_>) -> Option<Hash> {
    let level = height / HEIGHT;
    let first = low >> (level * HEIGHT);
    let level = u8::try_from(level).ok()?;
    whole_of(height % HEIGHT, &mut |offset| {
        stored(Stored {
            level,
            position: first + offset,
        })
    })
}

/// The root of 2 to the power of `height` hashes.
fn whole_of(height: u32, hash: &mut dyn FnMut(u64) -> Option<Hash>) -> Option<Hash> {
    let mut hashes = (0..1_u64 << height).map(hash).collect::<Option<Vec<Hash>>>()?;
    while hashes.len() > 1 {
        let (pairs, _) = hashes.as_chunks::<2>();
        hashes = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    hashes.pop()
}
