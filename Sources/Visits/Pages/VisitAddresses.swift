import Core
import Web

/// Where the pages of appointments are.
extension Address {
    static let visits = Address("visits")
    static let visitStatus = Address("visits", "status")
    static let leaveVisit = Address("visits", "status", "leave")
    static let visitDesk = Address("visits", "desk")
    static let offerVisits = Address("visits", "desk", "new")
    static let planCare = Address("visits", "desk", "care")
    static let visitPromises = Address("visits", "desk", "promises")

    static func bookVisit(_ slot: VisitSlot.ID) -> Address { Address("visits", "book", slot.text) }

    /// What whoever booked does with it: cancels, moves, confirms, stops.
    static func visitStep(_ step: String) -> Address {
        Address("visits", "status", step)
    }

    static func visitSlot(_ slot: VisitSlot.ID) -> Address { Address("visits", "desk", slot.text) }

    static func withdrawSlot(_ slot: VisitSlot.ID) -> Address {
        visitSlot(slot).below("withdraw")
    }

    static func closeSlot(_ slot: VisitSlot.ID) -> Address { visitSlot(slot).below("close") }

    static func endBooking(_ booking: VisitBooking.ID) -> Address {
        Address("visits", "bookings", booking.text, "end")
    }

    static func confirmBooking(_ booking: VisitBooking.ID) -> Address {
        Address("visits", "bookings", booking.text, "confirm")
    }

    static func stopVisits(_ booking: VisitBooking.ID) -> Address {
        Address("visits", "bookings", booking.text, "stop")
    }
}
