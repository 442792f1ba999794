//! The parts of pages that script makes better. Each works as plain HTML first;
//! the browser wakes it when its script has come.
