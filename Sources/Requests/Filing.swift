import Accounts
import Core
import Ledger
import Organization

/// What somebody asks for, before it is a case.
package struct Filing: Sendable {
    /// The id of the service.
    package let service: String
    /// Where it is: the smallest place, or the unit that people choose by.
    package let place: OrgUnit.ID
    package let words: String
    /// What was answered, by the id of the question; of a choice the id of the option.
    package var answers: [String: String] = [:]
    /// Where exactly, as somebody says it.
    package var address: String?
    /// How to reach whoever asks; nothing where the service can be given without.
    package var contact: String?
    /// How it came in, where staff write it down; what the filer says where nil.
    package var channel: String?
    /// When it was asked, where it is written down later; now where nil.
    package var askedAt: Moment?
    /// Photographs that lie in the folder of evidence already.
    package var pictures: [KeptFile] = []

    package init(service: String, place: OrgUnit.ID, words: String) {
        self.service = service
        self.place = place
        self.words = words
    }
}

/// Who files a request.
package enum Filer: Sendable {
    /// Whoever asks, at the page for everybody.
    case requester
    /// Somebody with an account, for whoever telephones, comes or writes.
    case staff(ActingAccount)
    /// A program with a key of its own.
    case program(Actor)
}

/// A request that was taken in: what its page shows once.
package struct Filed: Sendable, Hashable {
    package let id: Record.ID
    package let number: String
    /// Opens the page of the request together with its number. It is kept nowhere.
    package let secret: String
    /// Whether this filing made it, and not an earlier sending of the same form.
    package let isNew: Bool
}
