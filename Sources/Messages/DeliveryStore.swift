import Accounts
import Core
import Storage

/// Every statement on deliveries. Each change names the state and the try it starts from, so that
/// of two programs one does it, and one that comes back late changes nothing.
package struct DeliveryStore {
    let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// What is to reach a place.
    package struct New: Sendable {
        let id: Delivery.ID
        let key: String
        let event: Message.Event
        let channel: Delivery.Channel
        let place: String
        let account: Account.ID?
        /// Sealed for its identity.
        let body: String

        /// What is to reach a place, with nothing to say yet.
        package init(
            id: Delivery.ID = .make(), key: String, event: Message.Event,
            channel: Delivery.Channel, place: String, account: Account.ID?, body: String = ""
        ) {
            self.id = id
            self.key = key
            self.event = event
            self.channel = channel
            self.place = place
            self.account = account
            self.body = body
        }
    }

    /// Has it sent, unless it was asked for before.
    package func put(_ new: New, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO delivery (id, event_key, event, channel, destination, account_id, body,
                state, tries, next_at, made_at)
            VALUES (\(new.id), \(new.key), \(new.event.name), \(new.channel.rawValue),
                \(new.place), \(new.account), \(new.body), \(Delivery.State.waiting.rawValue), 0,
                \(moment), \(moment))
            ON CONFLICT (event_key, destination) DO NOTHING
            """)
    }

    /// What waits longest and may be tried, outside places that do not answer: also what a program
    /// took up and never came back to.
    package func next(at moment: Moment, without places: Set<String>) throws -> Delivery? {
        let answering: SQL =
            places.isEmpty
            ? "" : "AND destination NOT IN (\(values: places.sorted()))"
        // All letters go by one server: without it none goes.
        let letters: SQL =
            places.contains(Delivery.Channel.mail.rawValue)
            ? "AND channel <> \(Delivery.Channel.mail.rawValue)" : ""
        return try db.first(
            """
            SELECT * FROM delivery WHERE state IN ('waiting', 'sending') AND next_at <= \(moment)
                \(answering) \(letters)
            ORDER BY next_at, id LIMIT 1
            """
        ).map(Delivery.init)
    }

    /// Takes it up for one try; false when another program did.
    package func take(_ delivery: Delivery, at moment: Moment) throws -> Bool {
        try change(
            delivery,
            """
            state = 'sending', tries = tries + 1,
                next_at = \(moment.later(seconds: MessageLimits.leaseSeconds))
            """)
    }

    /// Lets it wait without a try.
    func postpone(_ delivery: Delivery, to moment: Moment) throws {
        _ = try change(delivery, "state = 'waiting', next_at = \(moment)")
    }

    /// Nobody wants it any longer.
    func drop(_ delivery: Delivery, at moment: Moment) throws {
        _ = try change(delivery, "state = 'dropped', body = '', over_at = \(moment)")
    }

    private func change(_ delivery: Delivery, _ values: SQL) throws -> Bool {
        try db.execute(
            """
            UPDATE delivery SET \(values)
            WHERE id = \(delivery.id) AND state = \(delivery.state.rawValue)
                AND tries = \(delivery.tries) AND next_at = \(delivery.nextAt)
            """) == 1
    }

    /// Writes down what came of a try, unless another has begun since. What arrived is marked as
    /// such whoever asks: it did.
    ///
    /// - Parameter tries: the number of the try.
    package func finish(
        _ id: Delivery.ID, tries: Int, _ fault: DeliveryFault?, rest: Int64, at moment: Moment
    ) throws {
        guard let fault else {
            try db.execute(
                """
                UPDATE delivery SET state = 'sent', body = '', fault = NULL, over_at = \(moment)
                WHERE id = \(id) AND state IN ('waiting', 'sending', 'dead')
                """)
            return
        }
        let isOver = fault.isFinal || tries >= MessageLimits.tries
        try db.execute(
            """
            UPDATE delivery SET state = \((isOver ? Delivery.State.dead : .waiting).rawValue),
                fault = \(fault.kind.rawValue),
                next_at = \(moment.later(seconds: rest)), over_at = \(isOver ? moment : nil)
            WHERE id = \(id) AND state = 'sending' AND tries = \(tries)
            """)
    }

    /// How many letters went to a place, or were begun for it, since a moment.
    func sent(to place: String, since moment: Moment) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM delivery
            WHERE destination = \(place) AND state = 'sent' AND over_at > \(moment)
            """, as: Int.self) ?? 0
    }

    /// How many codes were asked for since a moment, by an account or for a place.
    func codes(of account: Account.ID, to place: String, since moment: Moment) throws -> Int {
        let codes: SQL = "event = \(Delivery.codeEvent.name) AND made_at > \(moment)"
        let own = try db.value(
            "SELECT COUNT(*) FROM delivery WHERE account_id = \(account) AND \(codes)",
            as: Int.self)
        let there = try db.value(
            "SELECT COUNT(*) FROM delivery WHERE destination = \(place) AND \(codes)",
            as: Int.self)
        return max(own ?? 0, there ?? 0)
    }

    /// How many there are in each state of each channel.
    func counts() throws -> [(channel: Delivery.Channel, state: Delivery.State, count: Int)] {
        try db.rows(
            """
            SELECT channel, state, COUNT(*) FROM delivery GROUP BY channel, state
            ORDER BY channel, state
            """
        ).compactMap { row in
            guard let channel = Delivery.Channel(rawValue: try row.at(0)),
                let state = Delivery.State(rawValue: try row.at(1))
            else { return nil }
            return (channel, state, try row.at(2))
        }
    }

    /// How many were given up.
    func deadCount() throws -> Int {
        try db.value("SELECT COUNT(*) FROM delivery WHERE state = 'dead'", as: Int.self) ?? 0
    }

    /// What was given up, or waits after a fault: the newest first.
    func failing() throws -> [Delivery] {
        try db.rows(
            """
            SELECT * FROM delivery
            WHERE state IN ('dead', 'waiting', 'sending') AND fault IS NOT NULL
            ORDER BY CASE state WHEN 'dead' THEN 0 ELSE 1 END, id DESC
            LIMIT \(MessageLimits.listed)
            """
        ).map(Delivery.init)
    }

    /// Has what was given up tried anew, one or all of it.
    ///
    /// - Returns: how many that are.
    package func again(_ id: Delivery.ID?, at moment: Moment) throws -> Int {
        let one: SQL = id.map { "AND id = \($0)" } ?? ""
        return try db.execute(
            """
            UPDATE delivery SET state = 'waiting', tries = 0, next_at = \(moment), over_at = NULL
            WHERE state = 'dead' AND body <> '' \(one)
            """)
    }

    /// What waits for an account goes with its address.
    func remove(of account: Account.ID) throws {
        try db.execute(
            """
            DELETE FROM delivery WHERE account_id = \(account) AND state IN ('waiting', 'dead')
                AND event <> \(Delivery.codeEvent.name)
            """)
    }

    /// Deletes a batch of what is over or was given up since before a moment.
    func sweep(before moment: Moment) throws -> Int {
        try db.execute(
            """
            DELETE FROM delivery WHERE id IN (
                SELECT id FROM delivery WHERE made_at < \(moment)
                ORDER BY made_at, id LIMIT \(MessageLimits.sweptAtOnce))
            """)
    }
}
