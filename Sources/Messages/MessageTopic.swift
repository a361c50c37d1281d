import Accounts

/// What messages are about: events are named by it, and people choose by it how they hear of them.
enum MessageTopic: String, Sendable, CaseIterable {
    case cases = "case"
    case dues = "due"
    case entries = "entry"
    case persons = "person"
    case uploads = "upload"
    case roles = "role"
    case rights = "right"
    case others = "other"

    /// An event is named for its topic: `case_late` is about cases.
    init(of event: Message.Event) {
        let start = event.name.prefix { $0 != "_" }
        self = MessageTopic(rawValue: String(start)) ?? .others
    }

    /// How somebody hears of what is about a topic, beside their page of messages.
    enum Way: String, Sendable, CaseIterable {
        /// By a letter for each.
        case each
        /// By one letter a day.
        case daily
        /// On the page alone.
        case page
    }
}
