import Core

/// What a value of the interface must be, as JSON Schema says it, described in either language.
///
/// An object has just the members it names and always all of them, so that a program that reads
/// them finds none missing; what may be absent is null.
package struct Schema: Sendable {
    /// As it stands in the description of the interface.
    let json: @Sendable (Language) -> JSON

    private init(json: @escaping @Sendable (Language) -> JSON) { self.json = json }

    private init(_ type: String, _ more: [JSON.Member] = [], _ words: Wording?) {
        self.init { language in
            .object([JSON.Member("type", .text(type))] + more + Schema.said(words, language))
        }
    }

    private static func said(_ words: Wording?, _ language: Language) -> [JSON.Member] {
        words.map { [JSON.Member("description", .text($0[language]))] } ?? []
    }

    package static func text(_ words: Wording? = nil) -> Schema { Schema("string", [], words) }

    /// A day, `2015-06-30`.
    package static func day(_ words: Wording? = nil) -> Schema {
        Schema("string", [JSON.Member("format", "date")], words)
    }

    /// A place on this site, or an address elsewhere.
    package static func address(_ words: Wording? = nil) -> Schema {
        Schema("string", [JSON.Member("format", "uri-reference")], words)
    }

    package static func choice(_ values: [String], _ words: Wording? = nil) -> Schema {
        Schema("string", [JSON.Member("enum", .list(values.map { .text($0) }))], words)
    }

    package static func number(_ words: Wording? = nil) -> Schema { Schema("number", [], words) }

    package static func count(_ words: Wording? = nil) -> Schema {
        Schema("integer", [JSON.Member("minimum", 0)], words)
    }

    package static func flag(_ words: Wording? = nil) -> Schema { Schema("boolean", [], words) }

    package static func list(of part: Schema, _ words: Wording? = nil) -> Schema {
        Schema { language in
            .object(
                [JSON.Member("type", "array"), JSON.Member("items", part.json(language))]
                    + said(words, language))
        }
    }

    package static func object(
        _ members: KeyValuePairs<String, Schema>, _ words: Wording? = nil
    ) -> Schema {
        object(members.map { ($0.key, $0.value) }, words)
    }

    package static func object(
        _ members: [(name: String, schema: Schema)], _ words: Wording? = nil
    ) -> Schema {
        Schema { language in
            .object(
                [
                    JSON.Member("type", "object"),
                    JSON.Member(
                        "properties",
                        .object(members.map { JSON.Member($0.name, $0.schema.json(language)) })),
                    JSON.Member("required", .list(members.map { .text($0.name) })),
                    JSON.Member("additionalProperties", false),
                ] + said(words, language))
        }
    }

    /// Names that the catalogue gives, each with a value of this make.
    package static func values(of part: Schema, _ words: Wording? = nil) -> Schema {
        Schema { language in
            .object(
                [
                    JSON.Member("type", "object"),
                    JSON.Member("additionalProperties", part.json(language)),
                ] + said(words, language))
        }
    }

    /// One that stands under its name among the components.
    package static func named(_ name: String) -> Schema {
        Schema { _ in ["$ref": .text("#/components/schemas/" + name)] }
    }

    /// A value of any of these makes.
    package static func any(of parts: [Schema], _ words: Wording? = nil) -> Schema {
        Schema { language in
            .object(
                [JSON.Member("anyOf", .list(parts.map { $0.json(language) }))]
                    + said(words, language))
        }
    }

    /// The same, or null.
    package var orNull: Schema {
        Schema { language in ["anyOf": .list([json(language), ["type": "null"]])] }
    }
}
