import CheckClient

/// What a volunteer's person sees: what went wrong and what began, a line each; on a terminal a line of progress too.
struct WorkJournal: Sendable {
    let json: Bool

    func note(_ notice: VolunteerNotice, _ totals: VolunteerTotals) {
        if json {
            let line = JSONValue.object([
                "notice": .string("\(notice)"), "warning": .bool(notice.isWarning),
                "leases": .integer(Int64(totals.leases)), "checked": .integer(Int64(totals.checked)),
                "accepted": .integer(Int64(totals.accepted)), "refused": .integer(Int64(totals.refused)),
            ])
            if let text = try? line.line { Terminal.output(text) }
            return
        }
        if case .reported = notice {
            Terminal.progress("\(totals.leases) leases, \(totals.checked) users checked, \(totals.accepted) reported")
        } else {
            Terminal.endProgress()
            Terminal.complain("dmcheck: \(notice)")
        }
    }
}
