//! The macro for plain entries: a struct whose fields are each read by one getter.

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty = $get:ident($key:literal)),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
            /// The whole entry.
            pub span: Span,
        }

        impl $name {
            pub(super) fn decode(d: &mut Decoder<'_>, o: &Object) -> $name {
                $(let $field = d.$get(o, $key);)*
                $name { $($field,)* span: o.span }
            }
        }
    };
}

pub(super) use record;
