import Core

/// What somebody may do by holding a role, and which posts bring it: data, like everything that a
/// district arranges in its own way.
package struct Role: Sendable {
    package let id: String
    package let name: Wording
    package let rights: [Right]
    /// The forms of unit in which it can be granted; empty allows every form.
    package let forms: [String]
    package let posts: [Post]
    package let file: String
    package let line: Int

    /// Holding a post of a kind, with one of some values in a field, brings the role for as long as
    /// the record is in force, in the unit where it stands.
    package struct Post: Sendable {
        package let kind: String
        /// What the person is in the record.
        package let person: String
        package let field: String
        package let values: [String]

        init(_ mapping: Mapping) {
            kind = mapping.requiredText("kind")
            person = mapping.requiredText("person")
            field = mapping.requiredText("field")
            values = mapping.words("values")
            mapping.close()
        }
    }

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        name = mapping.wording("name")
        rights = mapping.words("may").compactMap { word in
            let right = Right(rawValue: word)
            let isOffice = Office.allCases.contains { $0.right == right }
            if right == nil || isOffice {
                mapping.fault("“\(word)” is no right that a role can give", at: "may")
            }
            return right
        }
        forms = mapping.words("at")
        posts = mapping.items("posts").map(Post.init)
        mapping.close()
    }
}
