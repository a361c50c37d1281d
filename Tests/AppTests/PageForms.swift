import TestKit
import Testing
import Web

/// A form that a page shows, as a browser would send it: where to, and what its fields are.
struct PageForm {
    let action: String
    let fields: [(name: String, field: SentField?)]

    /// The forms of a page that are sent and not asked for.
    static func all(in page: String) -> [PageForm] {
        page.components(separatedBy: "<form").dropFirst().compactMap { rest in
            let form = rest.components(separatedBy: "</form>")[0]
            let head = form.prefix { $0 != ">" }
            guard value("method", head) == "post", let action = value("action", head) else {
                return nil
            }
            let tags = form.components(separatedBy: "<").dropFirst().map { $0.prefix { $0 != ">" } }
            let fields = tags.compactMap { tag -> (name: String, field: SentField?)? in
                guard let name = value("name", tag), !name.hasPrefix("_"),
                    value("type", tag) != "file"
                else { return nil }
                return (name, kind(tag))
            }
            return PageForm(action: action, fields: fields)
        }
    }

    /// What can be seen of a field in its tag: nobody writes what is hidden, ticked or a button.
    private static func kind(_ tag: Substring) -> SentField? {
        switch value("type", tag) {
        case "password": .password
        case "hidden", "checkbox", "submit": .carried
        default: value("autocomplete", tag) == "one-time-code" ? .code : nil
        }
    }

    private static func value(_ name: String, _ tag: Substring) -> String? {
        let parts = tag.replacing("\n", with: " ").components(separatedBy: " \(name)=\"")
        return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : nil
    }
}
