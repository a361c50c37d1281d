import Core
import Web

/// What one version of a kind changed of the one before, in words.
struct OwnKindChanges {
    private(set) var lines: [String] = []
    private let words: Words

    /// - Parameter old: the version before; nil for the first.
    init(from old: OwnKind?, to new: OwnKind, _ words: Words) {
        self.words = words
        guard let old else {
            lines = [words["own_change_first"]]
            return
        }
        let language = words.language
        add("own_change_name", old.name[language], new.name[language])
        add("own_change_area", words.area(old.area), words.area(new.area))
        add("own_change_shape", words["own_shape_\(old.shape)"], words["own_shape_\(new.shape)"])
        add(
            "own_change_visibility", words["visibility_\(old.visibility)"],
            words["visibility_\(new.visibility)"])
        if old.at != new.at { lines.append(words["own_change_at"]) }
        if old.isConfirmed != new.isConfirmed { lines.append(words["own_change_confirm"]) }
        if (old.keepsPictures == true) != (new.keepsPictures == true) {
            lines.append(words["own_change_pictures"])
        }
        add("own_change_from", old.from, new.from)
        add("own_change_until", old.until, new.until)
        for field in new.fields { compare(old.field(field.id), field) }
        for field in old.fields where new.field(field.id) == nil {
            lines.append(words["own_change_gone", ["name": field.name[language]]])
        }
        if old.fields.map(\.id).filter({ new.field($0) != nil })
            != new.fields.map(\.id).filter({ old.field($0) != nil })
        {
            lines.append(words["own_change_order"])
        }
        if [old.reckoning.rawValue, old.sumOf, old.figureZh, old.figureEn, old.counter]
            != [new.reckoning.rawValue, new.sumOf, new.figureZh, new.figureEn, new.counter]
        {
            lines.append(words["own_change_figure"])
        }
        if lines.isEmpty { lines = [words["own_change_none"]] }
    }

    private mutating func add(_ key: String, _ old: String, _ new: String) {
        guard old != new else { return }
        let none = words["own_change_nothing"]
        lines.append(
            words[key, ["old": old.isEmpty ? none : old, "new": new.isEmpty ? none : new]])
    }

    private mutating func compare(_ old: OwnKind.Field?, _ new: OwnKind.Field) {
        let name = new.name[words.language]
        guard let old else {
            lines.append(words["own_change_new", ["name": name]])
            return
        }
        guard old != new else { return }
        add("own_change_label", old.name[words.language], name)
        if old.isRequired != new.isRequired {
            lines.append(
                words[
                    new.isRequired ? "own_change_required" : "own_change_free", ["name": name]])
        }
        var same = old
        same.zh = new.zh
        same.en = new.en
        same.isRequired = new.isRequired
        if same != new { lines.append(words["own_change_field", ["name": name]]) }
    }
}
