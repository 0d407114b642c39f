//! The screens of `coverage`.
