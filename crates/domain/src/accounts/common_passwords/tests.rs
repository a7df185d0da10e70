use types::{PasswordPolicy, SignUp};

use super::*;

/// A sign-up of Ada Lovelace of Analytical Engines with this password.
fn form(password: &str) -> CheckedSignUp {
    let form = SignUp {
        email_address: "countess.ada@analytical-engines.example".to_owned(),
        password: Password::new("teapot under the blue stairs".to_owned()),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
    };
    let checked = form.check(&PasswordPolicy::default()).unwrap();
    CheckedSignUp {
        password: Password::new(password.to_owned()),
        ..checked
    }
}

fn guessed(password: &str) -> bool {
    is_easily_guessed(&form(password))
}

#[test]
fn common_ones_are_guessed_whatever_their_case() {
    for password in [
        "123456789012",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "passwordpassword",
        "password1234",
        "manchesterunited",
        "12345678",
        "iloveyou",
        "sunshine",
        "QwertyUIOP123",
        "ManchesterUnited",
    ] {
        assert!(guessed(password), "{password}");
    }
}

#[test]
fn a_common_word_with_a_little_around_it_is_guessed() {
    for password in [
        "Welcome12345!",
        "Summer2026!!",
        "administrator1",
        "Password2026!",
        "!!Password!!",
        "2026-Welcome",
        "Winter 2026 !",
        "sunshine 12.03.1984",
        "Letmein123456789",
        "P@ssw0rd2026!",
        "pa55w0rd2026",
        "@dministrat0r!",
        "l3tm31n!!2026",
        "we1come123456",
        "Football#2025",
        "changeme1234567",
        "Manchester United 1999",
        "Liverpool????",
        "(((princess)))",
        "iloveyou2026!!",
        "qwertyuiop[]123",
        "123monkey321!",
    ] {
        assert!(guessed(password), "{password}");
    }
}

#[test]
fn runs_rows_and_repetitions_are_guessed() {
    for password in [
        "aaaaaaaaaaab",
        "baaaaaaaaaaa",
        "aaaaaaaaaaa1!",
        "aaaabbbbcccc",
        "abcdefghijkl1",
        "zyxwvutsrqponm",
        "111222333444",
        "1234567890987654321",
        "............x",
        "            x",
        "password password",
        "teapot teapot",
        "teapot-teapot-teapot1",
        "abcabcabcabc",
        "xk9xk9xk9xk9",
        "no no no no no!",
        "hahahahahahaha",
        "пароль пароль",
        "ääääääääääää1",
    ] {
        assert!(guessed(password), "{password}");
    }
}

#[test]
fn the_accounts_own_words_are_guessed_in_the_same_way() {
    for password in [
        "AdaLovelace1815!",
        "ada.lovelace.1815",
        "Lovelace!!!2026",
        "lovelace lovelace",
        "countess-ada-1",
        "Analytical-Engines1",
        "analyticalengines!!",
        "l0vel4ce1815!",
        "adaadaadaada",
        "Inspired2026!!!",
        "1nspired-ada-2026",
        "inspiredpassword1",
        "adawelcome2026!",
        "lovelace12.03.1984",
    ] {
        assert!(guessed(password), "{password}");
    }
}

#[test]
fn somebody_elses_words_are_not_the_accounts() {
    for password in [
        "babbage difference 1822",
        "ada keeps a quiet otter",
        "inspired by daffodils",
        "ada 8371 9462 0581 7366",
        "8371 9462 ada 0581 7366",
        "837194 ada 205817 lovelace 366",
        "lovelace welcome 8395 2716 04",
    ] {
        assert!(!guessed(password), "{password}");
    }
}

#[test]
fn digits_next_to_the_name_of_a_mail_provider_make_a_password() {
    let own = ["gmail".to_owned()];
    for (password, expected) in [
        ("gmail 830471 559203 77", false),
        ("830471 gmail 559203 77", false),
        ("gmail 830471", true),
        ("1984 gmail!!", true),
    ] {
        let password = Password::new(password.to_owned());
        assert_eq!(
            is_guessed(&password, &own),
            expected,
            "{}",
            password.expose()
        );
    }
}

#[test]
fn passphrases_and_random_ones_are_not_guessed() {
    for password in [
        "correct horse battery staple",
        "teapot under the blue stairs",
        "a long walk by the sea",
        "пароль для сада",
        "k7#Qm2vX9!pLw4",
        "sunshine 8395 2716 04",
        "sunshine and password",
        "xqvbzkmwplrt",
        "Tr0ub4dor&3 was worse",
        "hucpid-covje0-Wybkaq",
        "3f9a8c1d7e2b",
        "8395-2716-0493-5582",
        "dragon lemon ninety kite",
        "mein Hund bellt nachts",
        "noche de luna y vino",
        "沿着海边散步的漫长下午",
        "海辺の長い散歩道を歩く",
        "correct horse correct horse",
        "no correct horse no correct horse",
    ] {
        assert!(!guessed(password), "{password}");
    }
}

/// Words as a generator of passphrases takes them: every pair, triple and quadruple of different
/// words, with the separators and the digit that generators insert.
#[test]
fn no_generated_passphrase_is_guessed() {
    const DICE: [&str; 36] = [
        "abacus", "blimp", "cricket", "dagger", "elbow", "fennel", "gravel", "hamster", "igloo",
        "jigsaw", "kettle", "lantern", "magnet", "nectar", "orchid", "pebble", "quarry", "rocket",
        "saddle", "thimble", "umbrella", "velvet", "walnut", "yonder", "zipper", "acorn", "badge",
        "candle", "dolphin", "engine", "falcon", "garlic", "harbor", "island", "jacket", "lemon",
    ];
    let word = |number: usize| DICE[number % DICE.len()];
    let mut tried = 0;
    for first in (0..DICE.len()).step_by(3) {
        for second in (0..DICE.len()).filter(|second| *second != first) {
            for separator in [" ", "-", ""] {
                let (third, fourth) = (word(first + second + 7), word(2 * first + second + 11));
                let (first, second) = (word(first), word(second));
                let three = [first, second, third].join(separator);
                let four = [first, second, third, fourth].join(separator);
                for phrase in [
                    three.clone(),
                    four,
                    format!("{three}7"),
                    format!("{three}{separator}42!"),
                ] {
                    assert!(!guessed(&phrase), "{phrase}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

/// Every common word and password, decorated as people do it.
#[test]
fn no_common_word_gets_through_by_decoration() {
    let around: [fn(&str) -> String; 7] = [
        |word| format!("{word}1"),
        |word| format!("{word}2026!!"),
        |word| format!("{word}12345!"),
        |word| format!("!{word}!"),
        |word| format!("1999{word}#"),
        |word| format!("{word} {word}"),
        |word| format!("{}!1", word.to_uppercase()),
    ];
    let words = WORDS.lines().step_by(97);
    let passwords = PASSWORDS.lines().step_by(977);
    for word in words.chain(passwords.filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic())))
    {
        for decorate in around {
            let password = decorate(word);
            assert!(guessed(&password), "{password}");
        }
    }
}

#[test]
fn rows_and_runs_count_once() {
    for (text, expected) in [
        ("", 0),
        ("aaaa", 1),
        ("12345", 1),
        ("dcba", 1),
        ("2026!!", 5),
        ("a1b2", 4),
    ] {
        assert_eq!(effective_length(text.chars()), expected, "{text}");
    }
}
