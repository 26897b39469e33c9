package command
import ("testing";"os";"github.com/authlint/authlint/internal/embed";"github.com/authlint/authlint/rules")
func TestDbg(t *testing.T){ cat,_:=rules.Default(); d,err:=os.ReadFile("/tmp/cm/a.sh"); if err!=nil {t.Skip()}; Observe(embed.File("a.sh",d),cat) }
