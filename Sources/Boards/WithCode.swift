import Organization
import Web

extension Words {
    /// A name and the code it goes by, in the brackets of the language.
    func withCode(_ name: String, _ code: String) -> String {
        self["name_with_code", ["name": name, "code": code]]
    }

    func withCode(_ unit: UnitVersion) -> String { withCode(unit.name, unit.code) }

    /// That not all of a list is shown; nil where it is.
    func more(of all: Int, shown: Int) -> String? {
        guard all > shown else { return nil }
        return self["list_more", ["shown": shown.grouped, "all": all.grouped]]
    }
}
