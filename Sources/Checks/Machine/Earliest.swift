/// The earliest moment in a table, remembered so that asking again costs no statement. It may lie before the true one, never
/// behind it: then a purge finds nothing and asks anew.
struct Earliest {
    private var moment: Timestamp?
    private var isKnown = false

    /// A row with this moment was added.
    mutating func note(_ added: Timestamp) {
        if isKnown { moment = moment.map { min($0, added) } ?? added }
    }

    /// Rows were taken out, or changed unseen.
    mutating func forget() { isKnown = false }

    /// The moment, read from the table when it is not known.
    mutating func value(_ read: () throws -> Timestamp?) rethrows -> Timestamp? {
        if !isKnown {
            moment = try read()
            isKnown = true
        }
        return moment
    }
}
