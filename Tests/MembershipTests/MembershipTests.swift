import Testing
import Membership
