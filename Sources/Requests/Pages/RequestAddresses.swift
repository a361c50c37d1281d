import Core
import Ledger
import Web

/// Where the pages of requests are, and those of others that they lead to.
extension Address {
    static let ask = Address("ask")
    static let askStatus = Address("ask", "status")
    static let leaveStatus = Address("ask", "status", "leave")
    static let requests = Address("requests")
    static let newRequest = Address("requests", "new")
    static let refusals = Address("requests", "refusals")
    static let requestServices = Address("requests", "services")

    static func ask(_ service: String) -> Address { Address("ask", service) }

    static func newRequest(_ service: String) -> Address { Address("requests", "new", service) }

    /// Where whoever asked takes a step.
    static func requesterStep(_ step: String) -> Address {
        Address("ask", "status", "steps", step)
    }

    static func requestCase(_ id: Record.ID) -> Address { Address("cases", id.text) }
}
