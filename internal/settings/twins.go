package settings

// roleIn asks for the entries of a mapping that have a role.
type roleIn struct {
	mapping *Setting
	role    string
}

// servicesOf returns the entries of a mapping that have a role, by the service
// that they belong to. A large file with many credentials is read once for each
// role, not once for each credential.
func (o *observer) servicesOf(mapping *Setting, role string) map[string][]*Setting {
	key := roleIn{mapping, role}
	if known, ok := o.services[key]; ok {
		return known
	}
	list := map[string][]*Setting{}
	for _, s := range mapping.Items {
		if s.Kind != Scalar || s.Text == "" {
			continue
		}
		if before, ok := roleOf(o.table, role, s.words()); ok {
			name := service(o.table, before)
			list[name] = append(list[name], s)
		}
	}
	if o.services == nil {
		o.services = map[roleIn]map[string][]*Setting{}
	}
	o.services[key] = list
	return list
}
