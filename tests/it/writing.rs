//! How a mended file is written: whole, with its mode, never through a link, never over a newer one.

use std::fs;

use kpolicy::store::{NotReplaced, replace};

use crate::cases::{Scratch, lay_out, program};

const SOMU: &str = "departments/2025/somu.yaml";

fn city(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    lay_out("small", &scratch.0);
    let text =
        fs::read_to_string(scratch.0.join(SOMU)).expect("plan").replace("status: submitted", "status： submitted");
    fs::write(scratch.0.join(SOMU), text).expect("write");
    scratch
}

#[test]
fn a_file_saved_meanwhile_is_not_replaced() {
    let city = city("meanwhile");
    let path = city.0.join(SOMU);
    let now = fs::read(&path).expect("plan");
    let mut older = now.clone();
    older.swap(0, 1);
    assert!(matches!(replace(&city.0, SOMU, &older, b"new"), Err(NotReplaced::Changed)));
    assert!(matches!(replace(&city.0, SOMU, b"", b"new"), Err(NotReplaced::Changed)));
    assert_eq!(fs::read(&path).expect("plan"), now);
    assert!(replace(&city.0, SOMU, &now, b"new").is_ok());
    assert_eq!(fs::read(&path).expect("plan"), b"new");
    fs::remove_file(&path).expect("remove");
    assert!(matches!(replace(&city.0, SOMU, b"new", b"newer"), Err(NotReplaced::Changed)));
    assert!(!path.exists(), "a file that was removed meanwhile does not come back");
}

#[cfg(unix)]
#[test]
fn the_mode_stays_and_nothing_is_left_beside() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let city = city("mode");
    let path = city.0.join(SOMU);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("mode");
    let shimin = fs::metadata(city.0.join("departments/2025/shimin.yaml")).expect("plan").ino();
    assert!(program(&city.0).args(["check", "--fix"]).status().expect("runs").success());
    assert!(fs::read_to_string(&path).expect("plan").starts_with("status: submitted"));
    assert_eq!(fs::metadata(&path).expect("plan").permissions().mode() & 0o7777, 0o640);
    assert_eq!(fs::metadata(city.0.join("departments/2025/shimin.yaml")).expect("plan").ino(), shimin);
    assert_eq!(fs::read_dir(path.parent().expect("folder")).expect("folder").count(), 2);
}

#[cfg(unix)]
#[test]
fn no_link_is_written_through() {
    use std::os::unix::fs::symlink;
    let city = city("links");
    let away = Scratch::new("links-away");
    let before = fs::read(city.0.join(SOMU)).expect("plan");
    // The year's folder, then the whole folder, is a link out of the tree.
    for folder in ["departments/2025", "departments"] {
        let (inside, outside) = (city.0.join(folder), away.0.join("moved"));
        fs::rename(&inside, &outside).expect("move");
        symlink(&outside, &inside).expect("link");
        assert!(matches!(replace(&city.0, SOMU, &before, b"new"), Err(NotReplaced::BehindLink)), "{folder}");
        for arguments in [["check", "--fix"], ["check", "--unsafe-fixes"]] {
            let done = program(&city.0).args(arguments).output().expect("runs");
            assert!(!done.status.success());
            let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
            assert!(said.contains("近道（リンク）"), "{folder}: {said}");
        }
        assert_eq!(fs::read(city.0.join(SOMU)).expect("plan"), before, "{folder}");
        fs::remove_file(&inside).expect("link");
        fs::rename(&outside, &inside).expect("move back");
    }
    // The file itself is a link.
    fs::rename(city.0.join(SOMU), away.0.join("somu.yaml")).expect("move");
    symlink(away.0.join("somu.yaml"), city.0.join(SOMU)).expect("link");
    assert!(matches!(replace(&city.0, SOMU, &before, b"new"), Err(NotReplaced::Changed)));
    program(&city.0).args(["check", "--fix"]).output().expect("runs");
    assert_eq!(fs::read(away.0.join("somu.yaml")).expect("plan"), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told_and_nothing_changes() {
    use std::os::unix::fs::PermissionsExt;
    let city = city("refused");
    let folder = city.0.join("departments/2025");
    let before = fs::read(city.0.join(SOMU)).expect("plan");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("mode");
    // The superuser may write everywhere.
    let may_write = fs::write(folder.join("probe"), "").is_ok();
    let done = program(&city.0).args(["check", "--fix"]).output().expect("runs");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("mode");
    if may_write {
        return;
    }
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("書き出せません"));
    assert_eq!(fs::read(city.0.join(SOMU)).expect("plan"), before);
}
