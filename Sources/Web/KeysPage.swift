/// The keys of somebody, each with a button that ends it, the one that was just made, and the form
/// that makes one more: calendars, and keys for programs.
///
/// Property names differ from level to level, since an empty one is looked for further out.
package struct KeysPage: Page {
    package static let template = "keys_page"

    package let title: String
    let lead: String
    let made: Made?
    let how: How?
    let mineHeading: String
    let mineNote: Note?
    let none: String
    let keys: Listed<Line>?
    let addHeading: String
    let full: String?
    /// Nil when there are as many as there may be.
    let sheet: FormSheet?

    /// A key that was just made: the one time that it is shown.
    package struct Made: Sendable {
        let madeHeading: String
        let madeText: String
        let secret: String

        package init(_ heading: String, _ text: String, secret: String) {
            madeHeading = heading
            madeText = text
            self.secret = secret
        }
    }

    /// How a key is used, step by step.
    package struct How: Sendable {
        let howHeading: String
        let steps: [String]
        let safety: String

        package init(_ heading: String, _ steps: [String], safety: String) {
            howHeading = heading
            self.steps = steps
            self.safety = safety
        }
    }

    /// What is said above the keys, and where more of it stands.
    package struct Note: Sendable {
        let noteText: String
        let noteDoor: Link

        package init(_ text: String, _ door: Link) {
            noteText = text
            noteDoor = door
        }
    }

    /// One key: its name, what it opens, and what became of it.
    package struct Line: Sendable {
        let keyName: String
        let facts: String
        let endWord: String
        let endLabel: String
        /// Of the form that ends it, which goes elsewhere than the one that makes a key.
        let head: FormHead
        let hidden: [HiddenField]

        /// - Parameter key: the field under which its identity is sent, and that identity.
        package init(
            _ name: String, _ facts: String, end: (word: String, label: String),
            _ head: FormHead, _ key: HiddenField
        ) {
            keyName = name
            self.facts = facts
            endWord = end.word
            endLabel = end.label
            self.head = head
            hidden = [key]
        }
    }

    /// What such a page is about, in words.
    package struct Said: Sendable {
        let title: String
        let lead: String
        let mine: String
        let none: String
        let add: String

        package init(title: String, lead: String, mine: String, none: String, add: String) {
            self.title = title
            self.lead = lead
            self.mine = mine
            self.none = none
            self.add = add
        }
    }

    /// - Parameters:
    ///   - full: that there are as many as there may be; nil while there is room.
    ///   - sheet: the form that makes one more.
    package init(
        _ said: Said, _ keys: [Line], made: Made?, how: How? = nil, note: Note? = nil,
        full: String?, _ sheet: FormSheet
    ) {
        title = said.title
        lead = said.lead
        mineHeading = said.mine
        none = said.none
        addHeading = said.add
        self.how = how
        mineNote = note
        self.keys = Listed(keys)
        self.made = made
        self.full = full
        self.sheet = full == nil ? sheet : nil
    }

    package var summary: FaultSummary? { sheet?.summary }
}
