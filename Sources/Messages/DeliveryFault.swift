/// Why something did not arrive, by its kind alone: what a server says may name somebody, and
/// stands nowhere.
package struct DeliveryFault: Error, Sendable, Hashable {
    /// What kind of fault it was; the words `delivery_fault_…` say it.
    package enum Kind: String, Sendable, CaseIterable {
        /// Nobody is there, or says nothing in time.
        case unreachable
        /// The line is not safe, or the server has no certificate for its name.
        case insecure
        /// The server does not let us in.
        case sign
        /// It says no, and may say yes later.
        case later
        /// It says no for good.
        case refused
        /// It sends us elsewhere.
        case redirect
        /// The address may not be called.
        case forbidden
        /// There is no way out of this kind any longer.
        case unset
        /// What was kept of it cannot be opened or is too long.
        case unreadable
    }

    let kind: Kind
    /// Whether another try is of no use.
    let isFinal: Bool
    /// Whether it is no fault of this one delivery: the others to the same place wait as well.
    let isOfPlace: Bool

    package init(_ kind: Kind, isFinal: Bool = false, isOfPlace: Bool = false) {
        self.kind = kind
        self.isFinal = isFinal
        self.isOfPlace = isOfPlace
    }
}
