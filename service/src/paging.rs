//! Long lists, a page at a time.

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Which page this is; the first is 1.
    pub page: u32,
    /// How many pages there are; at least 1.
    pub pages: u32,
    /// How many rows there are on all pages.
    pub total: u64,
}

/// So many rows are on a page.
pub(crate) const PAGE_SIZE: u64 = 50;

/// Which rows a page asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    page: u32,
    pages: u32,
    total: u64,
}

impl Window {
    /// The `wanted` page (the first is 1) of `total` rows; the nearest there is.
    pub(crate) fn new(wanted: u32, total: u64) -> Self {
        let pages = u32::try_from(total.div_ceil(PAGE_SIZE).max(1)).unwrap_or(u32::MAX);
        Self {
            page: wanted.clamp(1, pages),
            pages,
            total,
        }
    }

    /// How many rows stand before it.
    pub(crate) fn offset(self) -> u64 {
        u64::from(self.page - 1) * PAGE_SIZE
    }

    /// The page with its rows.
    pub(crate) fn of<T>(self, rows: Vec<T>) -> Paged<T> {
        Paged {
            rows,
            page: self.page,
            pages: self.pages,
            total: self.total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_not_there_becomes_the_nearest() {
        let total = 2 * PAGE_SIZE + 1;
        let page_of = |wanted| Window::new(wanted, total).of::<()>(Vec::new()).page;
        assert_eq!([0, 1, 3, 4, u32::MAX].map(page_of), [1, 1, 3, 3, 3]);
        assert_eq!(Window::new(3, total).offset(), 2 * PAGE_SIZE);
        assert_eq!(Window::new(7, 0).of::<()>(Vec::new()).pages, 1);
    }
}
