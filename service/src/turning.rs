//! Lists of thousands of rows, newest first, a page at a time. A page begins at a row
//! and not at a number: turning to the thousandth costs as much as to the second, and
//! what is added meanwhile shifts nothing.

use std::{fmt, str::FromStr};

use domain::Timestamp;
use entity::{Rows, TenantOwned};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{Result, paging::PAGE_SIZE};

/// A row's place in such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When the row was made.
    pub at: Timestamp,
    /// Its id.
    pub id: Uuid,
}

/// The text is no [`Mark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a list")]
pub struct NotAMark;

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.unix_millis(), self.id.simple())
    }
}

impl FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Self, NotAMark> {
        let (at, id) = text.split_once('.').ok_or(NotAMark)?;
        Ok(Self {
            at: Timestamp::from_unix_millis(at.parse().map_err(|_| NotAMark)?),
            id: Uuid::try_parse(id).map_err(|_| NotAMark)?,
        })
    }
}

/// Which page is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Turn {
    /// The first.
    #[default]
    First,
    /// The one after this row.
    After(Mark),
    /// The one before this row.
    Before(Mark),
}

/// A page of such a list; without anything, one of a list that is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
    /// The row before which the page before this one ends; none if this is the first.
    pub back: Option<Mark>,
    /// The row after which the next page begins; none if this is the last.
    pub on: Option<Mark>,
}

impl<T> Default for Leaf<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            total: 0,
            back: None,
            on: None,
        }
    }
}

/// The page of `found` that `turn` asks for. A row's place is the moment in the column
/// `at` and the id in the column `id`, and `mark` says it.
pub(crate) async fn leaf<E: TenantOwned<Model: Sync> + Clone>(
    found: Rows<'_, E>,
    (at, id): (E::Column, E::Column),
    turn: Turn,
    mark: impl Fn(&E::Model) -> Mark + Send,
) -> Result<Leaf<E::Model>> {
    let total = found.clone().count().await?;
    let some = PAGE_SIZE + 1;
    let (rows, is_backward) = match turn {
        Turn::First => (found.desc(at).desc(id), false),
        Turn::After(mark) => {
            let beyond = Condition::any().add(at.lt(mark.at)).add(id.lt(mark.id));
            (
                found.filter(at.lte(mark.at)).filter(beyond).desc(at).desc(id),
                false,
            )
        }
        Turn::Before(mark) => {
            let beyond = Condition::any().add(at.gt(mark.at)).add(id.gt(mark.id));
            (found.filter(at.gte(mark.at)).filter(beyond).asc(at).asc(id), true)
        }
    };
    let mut rows = rows.limit(some).all().await?;
    let page = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let goes_on = rows.len() > page;
    rows.truncate(page);
    if is_backward {
        rows.reverse();
    }
    let (first, last) = (rows.first().map(&mark), rows.last().map(&mark));
    let (has_before, has_after) = if is_backward {
        (goes_on, true)
    } else {
        (turn != Turn::First, goes_on)
    };
    Ok(Leaf {
        total,
        back: first.filter(|_| has_before),
        on: last.filter(|_| has_after),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        let mark = Mark {
            at: Timestamp::from_unix_millis(1_700_000_000_123),
            id: Uuid::from_u128(7),
        };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for text in ["", ".", "1.", "x.00000000000000000000000000000007", "1.2"] {
            assert_eq!(text.parse::<Mark>(), Err(NotAMark), "{text}");
        }
    }
}
