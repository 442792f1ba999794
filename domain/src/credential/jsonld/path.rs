//! Where in a document the walk is.

use super::Pointer;

/// Members and items inside one another; 1EdTech's fullest sample has 10.
const MAX_DEPTH: usize = 100;

/// One step down.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'d> {
    Member(&'d str),
    Item(usize),
}

/// The steps from the document to where the walk is.
#[derive(Debug, Default)]
pub(super) struct Path<'d>(Vec<Step<'d>>);

impl<'d> Path<'d> {
    /// Goes a step down; false if that is too deep.
    pub(super) fn enter(&mut self, step: Step<'d>) -> bool {
        self.0.push(step);
        self.0.len() <= MAX_DEPTH
    }

    /// Goes back up a step.
    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    pub(super) fn pointer(&self) -> Pointer {
        let mut pointer = String::new();
        for step in &self.0 {
            match step {
                Step::Member(name) => push_member(&mut pointer, name),
                Step::Item(at) => push_member(&mut pointer, &at.to_string()),
            }
        }
        Pointer(pointer)
    }

    /// The pointer to a member of where the walk is.
    pub(super) fn pointer_to(&self, name: &str) -> Pointer {
        let Pointer(mut pointer) = self.pointer();
        push_member(&mut pointer, name);
        Pointer(pointer)
    }
}

fn push_member(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
}
