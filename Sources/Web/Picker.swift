import Core

/// A list to choose from, with a line beside it for what it does not list: without script a choice
/// and a folded line, with script one field that proposes while one writes. See `Public/pick.js`.
///
/// Property names differ from those of the pages around it, since an empty one is looked for
/// further out.
package struct Picker: Sendable {
    let pickName: String
    let pickID: String
    let pickLabel: String
    let optionsHTML: String
    /// What the line beside the list is for; nil where everything is listed.
    let typedLabel: String?
    let typedID: String
    let nothingFits: String

    /// The most things that one list names; what is beyond them is written.
    package static let limit = 400

    /// Things of one kind, under their heading.
    package struct Group: Sendable {
        let label: String
        let options: [Option]

        /// - Parameter label: empty for things that stand above all groups.
        package init(_ label: String, _ options: [Option]) {
            self.label = label
            self.options = options
        }
    }

    package struct Option: Sendable {
        let value: String
        let label: String
        /// What it is found by beside its label: codes, pinyin.
        let finds: String

        package init(_ value: String, _ label: String, finds: String = "") {
            self.value = value
            self.label = label
            self.finds = finds
        }
    }

    /// - Parameters:
    ///   - chosen: what is chosen; it stands first, whether the groups have it or not.
    ///   - groupsHTML: the groups as `html` writes them.
    ///   - id: the identity of the field, where a page has several of one name.
    package init(
        _ name: String, _ label: String, chosen: Option?, _ groupsHTML: String, id: String? = nil,
        typed typedLabel: String?, _ words: Words
    ) {
        pickName = name
        pickID = id ?? "field-" + name
        pickLabel = label
        optionsHTML = (chosen.map { Self.html($0, isChosen: true) } ?? "") + groupsHTML
        self.typedLabel = typedLabel
        typedID = pickID + "-typed"
        nothingFits = words[typedLabel == nil ? "pick_none" : "pick_none_typed"]
    }

    /// The markup of some groups.
    package static func html(_ groups: [Group]) -> String {
        var left = limit
        return groups.map { group in
            let options = group.options.prefix(left)
            left -= options.count
            let html = options.map { Self.html($0, isChosen: false) }.joined()
            guard !group.label.isEmpty, !html.isEmpty else { return html }
            return "<optgroup label=\"\(Markup.escape(group.label))\">\(html)</optgroup>\n"
        }.joined()
    }

    private static func html(_ option: Option, isChosen: Bool) -> String {
        let finds = option.finds.isEmpty ? "" : " data-find=\"\(Markup.escape(option.finds))\""
        return "<option value=\"\(Markup.escape(option.value))\"\(finds)"
            + "\(isChosen ? " selected" : "")>\(Markup.escape(option.label))</option>\n"
    }
}
