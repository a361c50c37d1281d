import Core
import Web

/// Where the pages of rights are. Each address is written in the route table and here.
extension Address {
    static let myData = Address("my", "data")
    static let myCopy = Address("my", "data", "copy")
    static let myRequests = Address("my", "data", "requests")
    static let myConsents = Address("my", "data", "consents")
    static let myLeave = Address("my", "data", "leave")
    static let registerEntries = Address("register")

    static let rightsRequests = Address("rights", "requests")
    static let rightsContacts = Address("rights", "contacts")
    static let rightsIntake = Address("rights", "intake")
    static let rightsDisclosures = Address("rights", "disclosures")
    static let rightsRetention = Address("rights", "retention")

    static func contact(_ secret: String) -> Address { Address("contact", secret) }
    static func rightsRequest(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text)
    }
    static func rightsSteps(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text, "steps")
    }
    static func rightsLifting(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text, "lifting")
    }
}
