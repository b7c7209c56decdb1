import Checks

/// A query parameter that a route knows. What it does not know is refused.
package struct QueryParameter: Sendable {
    package enum Form: Sendable {
        case text(JSONStringRule)
        case integer(ClosedRange<Int>)
        case time
        case flag
    }

    package var name: String
    package var form: Form
    package var note: String

    package init(_ name: String, _ form: Form, _ note: String = "") {
        self.name = name
        self.form = form
        self.note = note
    }

    static let consistency = QueryParameter(
        "consistency", .text(.oneOf(["linearizable", "stale"])),
        "stale: any replica answers, and X-Dmcheck-Staleness-Seconds says how old the answer may be")
    package static let limit = QueryParameter("limit", .integer(1...1000), "items of a page, 100 if not given")
    package static let cursor = QueryParameter(
        "cursor",
        .text(
            JSONStringRule("a nextCursor of this listing", pattern: "^[A-Za-z0-9_-]{1,1024}$") {
                Base64URL.decode($0) != nil && $0.utf8.count <= 1024
            }), "nextCursor of the page before")
    package static let service = QueryParameter("service", .text(.serviceName), "dmcheck if not given")

    func accepts(_ value: String) -> Bool {
        switch form {
        case .text(let rule): rule.accepts(value)
        case .integer(let range): value.utf8.count <= 19 && Int(value).map(range.contains) == true && value.first != "+"
        case .time: Timestamp(value) != nil
        case .flag: value == "true" || value == "false"
        }
    }

    var expectation: String {
        switch form {
        case .text(let rule): rule.meaning
        case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
        case .time: "a time as in RFC 3339"
        case .flag: "true or false"
        }
    }
}

extension JSONStringRule {
    package static let serviceName = JSONStringRule("the name of a service", pattern: "^[a-z][a-z0-9-]{0,31}$") {
        ServiceName($0) != nil
    }
    package static let screenName = JSONStringRule("1 to 15 of A-Z a-z 0-9 _", pattern: "^[A-Za-z0-9_]{1,15}$") {
        ScreenName($0) != nil
    }
    package static let accountID = JSONStringRule("1 to 19 decimal digits", pattern: "^[0-9]{1,19}$") {
        AccountID($0) != nil
    }
    package static let lane = JSONStringRule.oneOf(Lane.allCases.map(\.name))
}

/// The query of a call, checked against what its route knows.
package struct QueryValues: Sendable {
    private let values: [(name: String, value: String)]

    /// - Throws: `invalid-request` with the parameter as `field`.
    package init(_ given: [(name: String, value: String)], for known: [QueryParameter]) throws(Problem) {
        for (name, value) in given {
            guard let parameter = known.first(where: { $0.name == name }) else {
                throw .invalidRequest("This call has no such query parameter.", field: String(name.prefix(64)))
            }
            guard parameter.accepts(value) else {
                throw .invalidRequest("\(name) must be \(parameter.expectation).", field: name)
            }
        }
        values = given
    }

    package subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    package func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
    package func time(_ name: String) -> Timestamp? { self[name].flatMap { Timestamp($0) } }
    package func flag(_ name: String) -> Bool { self[name] == "true" }
    package var service: ServiceName { self["service"].flatMap { ServiceName($0) } ?? .dmcheck }
    package var lane: Lane? { self["priority"].flatMap { Lane(name: $0) } }
}
