//! Whoever runs the installation.

use std::sync::Arc;

use service::{Error, SystemCtx, identity, testing::TestInstallation};

use crate::people::{EMAIL, PASSWORD, can_sign_in, new_person, reason};

#[tokio::test]
async fn the_first_operator_is_made_once() {
    let cairn = TestInstallation::new().await;
    assert!(!identity::operator_exists(&cairn).await.unwrap());
    let person = identity::create_operator(&cairn.system(), new_person(&cairn, EMAIL))
        .await
        .unwrap();
    assert_eq!(identity::operator(&cairn).await.unwrap(), Some(person));
    assert!(identity::who(&cairn, person).await.unwrap().unwrap().is_operator);
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);

    let second = new_person(&cairn, "odo@marsh.example");
    let refused = identity::create_operator(&cairn.system(), second).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let same_address = identity::register(&cairn.system(), new_person(&cairn, EMAIL)).await;
    assert_eq!(
        reason(same_address),
        ("email".to_owned(), "email-taken".to_owned())
    );
}

#[tokio::test]
async fn of_many_who_come_first_at_once_one_becomes_the_operator() {
    let cairn = TestInstallation::new().await;
    let tries: Vec<_> = (0..6)
        .map(|number| {
            let ctx = SystemCtx::new(Arc::clone(&cairn));
            tokio::spawn(async move {
                let email = format!("number{number}@fallow.example");
                let new = identity::NewPerson {
                    id: ctx.new_id(),
                    name: "Ines Fallow",
                    email: &email,
                    password: PASSWORD,
                    locale: None,
                };
                identity::create_operator(&ctx, new).await
            })
        })
        .collect();
    let mut made = 0;
    for answer in tries {
        match answer.await.unwrap() {
            Ok(_) => made += 1,
            Err(Error::NotFound) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(made, 1);
}
