//! What is held: containers, records, areas.

use super::*;

#[test]
fn containers_take_in_values_and_pass_over_what_is_null() {
    use Operator::{ContainerSize, Contains, Delete, IsNull, Member, Multiple, Ordered};
    come_to([
        (op(Multiple, [id("A"), id("B"), set("CD")]), set("ABCD")),
        (op(Multiple, [NULL, id("A")]), set("A")),
        (op(Multiple, [NULL, NULL]), NULL),
        (op(Ordered, []), NULL),
        (op(ContainerSize, [NULL]), int(0)),
        (op(ContainerSize, [set("ABA")]), int(3)),
        (op(IsNull, [text("")]), truth(true)),
        (op(IsNull, [op(Multiple, [])]), truth(true)),
        (op(IsNull, [int(0)]), truth(false)),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(2),
                },
                [row("ABC")],
            ),
            id("B"),
        ),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(4),
                },
                [row("ABC")],
            ),
            NULL,
        ),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(0),
                },
                [row("ABC")],
            ),
            NULL,
        ),
        (op(Delete, [id("A"), row("BACA")]), row("BC")),
        (op(Delete, [id("A"), row("AA")]), NULL),
        (op(Delete, [NULL, row("A")]), NULL),
        (op(Member, [id("A"), set("BA")]), truth(true)),
        (op(Member, [id("C"), row("BA")]), truth(false)),
        (op(Member, [id("C"), NULL]), NULL),
        (op(Contains, [set("ABC"), set("CA")]), truth(true)),
        (op(Contains, [set("ABC"), set("BB")]), truth(false)),
        (op(Contains, [set("ABBC"), set("BB")]), truth(true)),
        (op(Contains, [row("ABC"), row("CA")]), truth(false)),
        (op(Contains, [row("ABC"), row("BC")]), truth(true)),
        (op(Contains, [row("ABC"), NULL]), NULL),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(2),
                },
                [id("A"), row("BC"), NULL],
            ),
            row("ABCABC"),
        ),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(0),
                },
                [id("A")],
            ),
            NULL,
        ),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(3),
                },
                [NULL],
            ),
            NULL,
        ),
    ]);
}

#[test]
fn a_record_gives_its_fields() {
    let mut variable = Variable::new(Cardinality::Record, BaseType::String, Held::Null);
    variable.value = Held::Record(BTreeMap::from([(name("unit"), Scalar::String("m".to_owned()))]));
    let mut machine = Machine::new(Scope::from([(name("R"), variable)]));
    let mut field = |field: &str| {
        let field_identifier = name(field);
        machine.value(&op(
            Operator::FieldValue { field_identifier },
            [Expression::Variable(name("R"))],
        ))
    };
    assert_eq!(field("unit"), value(&text("m")));
    assert_eq!(field("other"), Ok(Held::Null));
}

#[test]
fn an_area_holds_its_edge() {
    let place = |x, y| Expression::BaseValue(Literal::Point([x, y]));
    let inside = |area: Area, x, y| op(Operator::Inside { area }, [place(x, y)]);
    let triangle = || Area::Poly(vec![[0, 0], [10, 0], [0, 10]]);
    come_to([
        (inside(Area::Rect([0, 0, 10, 10]), 10, 5), truth(true)),
        (inside(Area::Rect([0, 0, 10, 10]), 11, 5), truth(false)),
        (inside(Area::Circle([0, 0, 5]), 3, 4), truth(true)),
        (inside(Area::Circle([0, 0, 5]), 4, 4), truth(false)),
        (inside(Area::Ellipse([0, 0, 10, 5]), 10, 0), truth(true)),
        (inside(Area::Ellipse([0, 0, 10, 5]), 0, 6), truth(false)),
        (inside(triangle(), 2, 2), truth(true)),
        (inside(triangle(), 5, 5), truth(true)),
        (inside(triangle(), 6, 6), truth(false)),
        (inside(Area::Default, -7, 9), truth(true)),
        (op(Operator::Inside { area: Area::Default }, [NULL]), NULL),
    ]);
    let several = op(Operator::Multiple, [place(50, 50), place(1, 1)]);
    assert_eq!(
        value(&op(Operator::Inside { area: triangle() }, [several])),
        Ok(Held::boolean(true))
    );
}

#[test]
fn an_area_without_a_radius_is_its_centre() {
    for area in [
        Area::Ellipse([5, 5, 0, 0]),
        Area::Ellipse([5, 5, 0, 9]),
        Area::Ellipse([5, 5, -3, 4]),
        Area::Circle([5, 5, 0]),
        Area::Circle([5, 5, -4]),
    ] {
        assert!(area.holds([5, 5]), "{area:?}");
        assert!(!area.holds([5, 6]) && !area.holds([6, 5]), "{area:?}");
    }
}
