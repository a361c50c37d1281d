import Core
import Figures
import Ledger
import Organization
import Web

/// Where the pages of the boards are. Each address is written in the route table and here.
extension Address {
    static let figures = Address("figures")
    static let units = Address("units")
    static let photos = Address("photos")
    static let kinds = Address("kinds")
    static let register = Address("register")
    static let compare = Address("compare")
    static let map = Address("map")
    static let search = Address("search")
    static let calendar = Address("calendar")

    static func calendar(day: Day) -> Address { calendar.with("day", day.description) }
    static let themes = Address("themes")
    static let reports = Address("reports")
    static let mechanisms = Address("mechanisms")
    static let rules = Address("rules")

    static func record(_ id: Record.ID) -> Address { Address("records", id.text) }
    static func kind(_ id: String) -> Address { Address("kinds", id) }

    static func records(of kind: String) -> Address { Address("kinds", kind, "records") }
    static func copies(of kind: String) -> Address {
        Address("kinds", kind, "records", "copies")
    }

    static func reorganization(_ code: String) -> Address { Address("reorganizations", code) }
    static func theme(_ area: String) -> Address { Address("themes", area) }

    static func unit(_ version: UnitVersion, on day: Day) -> Address {
        Address("units", version.code).with("on", day.description)
    }

    static func figure(
        _ indicator: String, unit code: String, period: Period,
        structure: Question.Standpoint = .then
    ) -> Address {
        Address("figures", indicator).with("unit", code).with("period", period.text)
            .with("structure", structure == .then ? nil : structure.rawValue)
    }
}
