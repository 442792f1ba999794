use super::Checker;
use crate::assessment::{Criterion, Points, ProblemCode, Rubric, code::args, limits};

/// Whether a rubric can be marked by.
pub(super) fn check(checker: &mut Checker, path: &str, rubric: &Rubric) {
    let path = format!("{path}.criteria");
    checker.count(&path, rubric.criteria.len(), 1, limits::RUBRIC);
    let names = rubric.criteria.iter().enumerate();
    checker.distinct(names.map(|(index, it)| (format!("{path}[{index}].identifier"), &it.identifier)));
    for (index, it) in rubric.criteria.iter().enumerate() {
        criterion(checker, &format!("{path}[{index}]"), it);
    }
    if !rubric.criteria.is_empty() && rubric.max() <= Points::ZERO {
        checker.add(&path, ProblemCode::NoPoints);
    }
}

fn criterion(checker: &mut Checker, path: &str, it: &Criterion) {
    checker.text(&format!("{path}.title"), &it.title, limits::TITLE);
    checker.length(&format!("{path}.description"), &it.description, limits::MARKDOWN);
    let path = format!("{path}.levels");
    checker.count(&path, it.levels.len(), 2, limits::RUBRIC);
    let names = it.levels.iter().enumerate();
    checker.distinct(names.map(|(index, it)| (format!("{path}[{index}].identifier"), &it.identifier)));
    for (index, level) in it.levels.iter().enumerate() {
        let path = format!("{path}[{index}]");
        checker.text(&format!("{path}.title"), &level.title, limits::TITLE);
        checker.length(&format!("{path}.descriptor"), &level.descriptor, limits::MARKDOWN);
        if level.points < Points::ZERO {
            checker.add_with(
                &format!("{path}.points"),
                ProblemCode::OutOfRange,
                args([("min", &0)]),
            );
        }
    }
}
